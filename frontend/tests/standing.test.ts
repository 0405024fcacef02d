// The cases are the same file that tests/test_web_frontend.py holds against reportedly.verdicts.standing.
import { expect, test } from "vitest";
import { standing } from "../src/review/queue";
import type { Judgement } from "../src/records";
import cases from "./standing.json";

for (const { says, made, stands } of cases) {
  test(says, () => {
    const judgements: Judgement[] = made.map(([id, undoes]) => ({ id: id!, who: "ana", when: "", verdict: undoes ? "undo" : "accept", undoes: undoes ?? null }));
    expect(standing(judgements).map((each) => each.id)).toEqual(stands);
  });
}
