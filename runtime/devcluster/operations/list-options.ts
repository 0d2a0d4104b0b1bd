/** Which options of lists and watches contradict each other (apimachinery: `ValidateListOptions`). */
import type { ListOptions, WatchOptions } from "./api-operations.ts";
import { forbiddenOption, refuseProblems, unsupportedOption, type OptionProblem } from "./option-problems.ts";

const MATCH = "resourceVersionMatch";
const INITIAL_EVENTS = "sendInitialEvents";

/** Throws 422. */
export function checkListOptions(options: ListOptions): void {
  refuseProblems("ListOptions", [...matchProblems(options), ...initialEventsOfList(options)]);
}

/** Throws 422. */
export function checkWatchOptions(options: WatchOptions, allowsWatchList: boolean): void {
  refuseProblems("ListOptions", [...watchMatchProblems(options), ...watchListProblems(options, allowsWatchList)]);
}

function matchProblems({ resourceVersionMatch, resourceVersion, continueToken }: ListOptions): OptionProblem[] {
  if (resourceVersionMatch === "") return [];
  const problems: OptionProblem[] = [];
  const forbid = (why: string): void => void problems.push(forbiddenOption(MATCH, why));
  if (resourceVersion === "") forbid("resourceVersionMatch is forbidden unless resourceVersion is provided");
  if (continueToken !== "") forbid("resourceVersionMatch is forbidden when continue is provided");
  if (resourceVersionMatch === "Exact" && resourceVersion === "0")
    forbid(`resourceVersionMatch "exact" is forbidden for resourceVersion "0"`);
  if (resourceVersionMatch !== "Exact" && resourceVersionMatch !== "NotOlderThan")
    problems.push(unsupportedOption(MATCH, resourceVersionMatch, ["Exact", "NotOlderThan", ""]));
  return problems;
}

function initialEventsOfList({ sendInitialEvents }: ListOptions): OptionProblem[] {
  if (sendInitialEvents === undefined) return [];
  return [forbiddenOption(INITIAL_EVENTS, "sendInitialEvents is forbidden for list")];
}

function watchMatchProblems({ sendInitialEvents, resourceVersionMatch }: WatchOptions): OptionProblem[] {
  const problems: OptionProblem[] = [];
  if (sendInitialEvents === undefined && resourceVersionMatch !== "")
    problems.push(
      forbiddenOption(MATCH, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"),
    );
  if (sendInitialEvents === true && resourceVersionMatch !== "NotOlderThan")
    problems.push(forbiddenOption(MATCH, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
  if (resourceVersionMatch !== "" && resourceVersionMatch !== "NotOlderThan")
    problems.push(unsupportedOption(MATCH, resourceVersionMatch, ["NotOlderThan"]));
  return problems;
}

function watchListProblems({ sendInitialEvents }: WatchOptions, allowsWatchList: boolean): OptionProblem[] {
  if (sendInitialEvents !== true || allowsWatchList) return [];
  const why = "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled";
  return [forbiddenOption(INITIAL_EVENTS, why)];
}
