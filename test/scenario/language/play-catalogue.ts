import { listCatalogue, loadFromCatalogue } from "./catalogue.ts";
import { type Judgement, judgePlay } from "./judge-play.ts";
import { type Play, playScript } from "./play-script.ts";
import type { Script } from "./script.ts";

/** A scenario that comes with the program, played. */
export interface PlayedScenario {
  readonly name: string;
  readonly script: Script;
  readonly play: Play;
  readonly judgement: Judgement;
}

/** Plays one of the scenarios that come with the program. */
export async function playFromCatalogue(name: string): Promise<PlayedScenario> {
  const script = loadFromCatalogue(name);
  const play = await playScript(script);
  return { name, script, play, judgement: judgePlay(script, play) };
}

/** Plays all of them, one after the other. */
export async function playCatalogue(): Promise<readonly PlayedScenario[]> {
  const played: PlayedScenario[] = [];
  for (const name of listCatalogue()) played.push(await playFromCatalogue(name));
  return played;
}
