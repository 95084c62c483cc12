import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MetricFamily, renderOpenMetrics } from "../../../src/http/open-metrics.ts";
import { parseOpenMetrics } from "./open-metrics-text.ts";

const family = (overrides: Partial<MetricFamily> = {}): MetricFamily => ({
  name: "queue_length",
  type: "gauge",
  help: "How long.",
  samples: [{ labels: {}, value: 1 }],
  ...overrides,
});

describe("renderOpenMetrics()", () => {
  it("writes type, unit, help and samples of each family, and the end", () => {
    const text = renderOpenMetrics([
      family({ name: "age_seconds", unit: "seconds", help: 'Age, "seen"\nat \\ once.' }),
      family({ name: "polls", type: "counter", samples: [{ labels: { tenant: "a", outcome: "read" }, value: 12 }] }),
      family({ name: "tenant", type: "info", samples: [{ labels: { name: 'C:\\ "x"\ny' }, value: 1 }] }),
    ]);

    expect(text).toBe(`# TYPE age_seconds gauge
# UNIT age_seconds seconds
# HELP age_seconds Age, \\"seen\\"\\nat \\\\ once.
age_seconds 1
# TYPE polls counter
# HELP polls How long.
polls_total{tenant="a",outcome="read"} 12
# TYPE tenant info
# HELP tenant How long.
tenant_info{name="C:\\\\ \\"x\\"\\ny"} 1
# EOF
`);
    expect([...parseOpenMetrics(text).keys()]).toEqual(["age_seconds", "polls_total", "tenant_info"]);
  });

  it("leaves out a family without samples", () => {
    expect(renderOpenMetrics([family({ samples: [] })])).toBe("# EOF\n");
  });

  it("gives any text of a label back through a parser", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (value) => {
        fc.pre(!value.includes("\r"));
        const text = renderOpenMetrics([family({ samples: [{ labels: { value }, value: 1 }] })]);

        expect(parseOpenMetrics(text).get("queue_length")?.metrics[0]?.labels).toEqual({ value });
      }),
    );
  });
});
