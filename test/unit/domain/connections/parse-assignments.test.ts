import { describe, expect, it } from "vitest";
import { parseAssignments } from "../../../../src/domain/connections/parse-assignments.ts";
import type { Assignments } from "../../../../src/domain/connections/reading.ts";
import type { Row } from "../../../../src/domain/connections/row.ts";
import { PARSE_CONTEXT } from "./a-reading.ts";

function aRow(list: unknown): Row {
  return { id: "1", fields: { list }, problems: [] };
}

function parse(list: unknown): Assignments | undefined {
  return parseAssignments(aRow(list), "list", PARSE_CONTEXT);
}

function aGroup(groupId: string, more: object = {}): object {
  return { target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId, ...more } };
}

describe("parseAssignments()", () => {
  it.each([
    { name: "a group", sent: aGroup("g1"), want: { type: "groupAssignmentTarget", targetId: "g1" } },
    {
      name: "a type without #",
      sent: { target: { "@odata.type": "microsoft.graph.allLicensedUsersAssignmentTarget" } },
      want: { type: "allLicensedUsersAssignmentTarget" },
    },
    {
      name: "a collection",
      sent: {
        target: {
          "@odata.type": "#microsoft.graph.configurationManagerCollectionAssignmentTarget",
          collectionId: "c1",
        },
      },
      want: { type: "configurationManagerCollectionAssignmentTarget", targetId: "c1" },
    },
    {
      name: "a scope tag group, which is in no metadata",
      sent: {
        target: {
          "@odata.type": "#microsoft.graph.scopeTagGroupAssignmentTarget",
          targetType: "user",
          entraObjectId: "e1",
        },
      },
      want: { type: "scopeTagGroupAssignmentTarget", targetId: "e1" },
    },
    {
      name: "a filter",
      sent: aGroup("g1", { deviceAndAppManagementAssignmentFilterId: "f1" }),
      want: { type: "groupAssignmentTarget", targetId: "g1", filterId: "f1" },
    },
    {
      name: "an unknown subtype",
      sent: { target: { "@odata.type": "#microsoft.graph.newTarget", groupId: "g1" } },
      want: { type: "other", typeAsSent: "#microsoft.graph.newTarget", targetId: "g1" },
    },
    { name: "a target without a type", sent: { target: {} }, want: { type: "other", typeAsSent: "null" } },
    { name: "a missing target", sent: { "@odata.type": "x" }, want: { type: "missing" } },
    { name: "a null target", sent: { target: null }, want: { type: "missing" } },
    { name: "a target that is no object", sent: { target: "all" }, want: { type: "other", typeAsSent: "all" } },
    { name: "an assignment that is no object", sent: 7, want: { type: "other", typeAsSent: "7" } },
  ])("reads $name", ({ sent, want }) => {
    const assignments = parse([sent]);

    expect(assignments?.targets).toStrictEqual([want]);
  });

  it.each([{ list: [] }, { list: null }])("reads $list as no assignments", ({ list }) => {
    const assignments = parse(list);

    expect(assignments).toMatchObject({ targets: [], count: 0 });
  });

  it("reads nothing where nothing was sent", () => {
    const row: Row = { id: "1", fields: {}, problems: [] };

    const assignments = parseAssignments(row, "list", PARSE_CONTEXT);

    expect(assignments).toBeUndefined();
    expect(row.problems).toStrictEqual([]);
  });

  it("notes a value that is no list", () => {
    const row = aRow({ target: {} });

    const assignments = parseAssignments(row, "list", PARSE_CONTEXT);

    expect(assignments).toBeUndefined();
    expect(row.problems).toMatchObject([{ code: "bad-value", property: "list" }]);
  });

  it("keeps 20 targets and counts all", () => {
    const assignments = parse(Array.from({ length: 25 }, (_, index) => aGroup(`g${index}`)));

    expect(assignments?.targets).toHaveLength(20);
    expect(assignments?.count).toBe(25);
  });

  it("keeps fewer targets when their texts are long, so that a reading always fits its row", () => {
    const assignments = parse(Array.from({ length: 25 }, () => aGroup('"'.repeat(400))));

    expect(JSON.stringify(assignments?.targets).length).toBeLessThanOrEqual(3_500 + 25);
    expect(assignments?.targets.length).toBeGreaterThan(0);
  });

  it("changes its digest when the 25th target changes", () => {
    const groups = Array.from({ length: 24 }, (_, index) => aGroup(`g${index}`));

    const [before, after] = [parse([...groups, aGroup("a")]), parse([...groups, aGroup("b")])];

    expect(before?.digest).not.toBe(after?.digest);
  });

  it.each([
    { name: "the order of targets", a: [aGroup("1"), aGroup("2")], b: [aGroup("2"), aGroup("1")] },
    {
      name: "the # of a type",
      a: [aGroup("1")],
      b: [{ target: { "@odata.type": "microsoft.graph.groupAssignmentTarget", groupId: "1" } }],
    },
    {
      name: "filter fields that say no filter",
      a: [aGroup("1")],
      b: [
        aGroup("1", {
          deviceAndAppManagementAssignmentFilterId: null,
          deviceAndAppManagementAssignmentFilterType: "none",
        }),
      ],
    },
    { name: "null for an empty list", a: [], b: null },
  ])("keeps its digest through $name", ({ a, b }) => {
    expect(parse(a)?.digest).toBe(parse(b)?.digest);
  });

  it.each([
    { name: "the group", a: [aGroup("1")], b: [aGroup("2")] },
    {
      name: "include to exclude",
      a: [
        aGroup("1", {
          deviceAndAppManagementAssignmentFilterId: "f",
          deviceAndAppManagementAssignmentFilterType: "include",
        }),
      ],
      b: [
        aGroup("1", {
          deviceAndAppManagementAssignmentFilterId: "f",
          deviceAndAppManagementAssignmentFilterType: "exclude",
        }),
      ],
    },
    { name: "a field of an unknown subtype", a: [{ target: { x: 1 } }], b: [{ target: { x: 2 } }] },
  ])("changes its digest with $name", ({ a, b }) => {
    expect(parse(a)?.digest).not.toBe(parse(b)?.digest);
  });
});
