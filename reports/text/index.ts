/**
 * The words and numbers that several formats share: what a verdict means, how a bound is put, how hostile text is made
 * harmless. Pure, so that the same report gives the same bytes.
 */
export { controlVerdictWord, leftOut, runVerdictMeaning } from './verdicts.ts';
export { decisionText, differenceText, isComparison, isOtherwise, outcomeText, waiverText } from './decisions.ts';
export {
  boundText,
  count,
  millisText,
  minutesText,
  moreText,
  perSecondText,
  secondsText,
  shareText,
  startedText,
} from './numbers.ts';
export { scopeNotes, sensitivityText, tapTotals } from './summary.ts';
export { runFacts, timelineSummary } from './facts.ts';
export { firstPlace, placeText } from './places.ts';
export { lossText } from './losses.ts';
export { sentence } from './reasons.ts';
export { uuidOf } from './uuid.ts';
export { addressOf } from './address.ts';
export { visible, visibleLines } from './visible.ts';
