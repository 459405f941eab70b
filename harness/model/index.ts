/** The vocabulary of Holdfast as types: no behaviour beyond checked constructors, so that every stage may import it. */
export type { Attack, AttackContext, AttackMeta } from './attack.ts';
export type {
  Action,
  ActionContext,
  Beyond,
  Check,
  Concluded,
  Conclusion,
  CredentialRecipes,
  EvidenceKind,
  ExampleAt,
  ExampleEnding,
  IncidentFacts,
  Kinds,
  Observer,
  Op,
  Planned,
  Seen,
  Sender,
  Sighting,
  Tally,
  View,
} from './contract.ts';
export { canonical } from './canonical.ts';
export { placeOfHop, placesPassed, touching } from './disturbance.ts';
export type { Disturbance, Disturbs, Excuse } from './disturbance.ts';
export { askDisturbs, disturbancesOf, disturbsOf } from './disturbs.ts';
export {
  certificateAlterations,
  certificateSchema,
  formSchema,
  sendSchema,
  tokenAlterations,
  vantages,
} from './form.ts';
export { answersItself, onwardFrom } from './app.ts';
export type { App, AppService } from './app.ts';
export type {
  CertificateAlteration,
  CertificateRecipe,
  Form,
  Hello,
  HttpRecipe,
  Send,
  TokenAlteration,
  TokenRecipe,
  Twin,
  Vantage,
} from './form.ts';
export { clauseIds, clauses } from './clauses.ts';
export type { ClauseId } from './clauses.ts';
export { tlsVersions } from './decision.ts';
export type { Decision, TlsVersion } from './decision.ts';
export { lineGroups } from './comparison.ts';
export type {
  Comparison,
  ComparisonLine,
  ComparisonSide,
  Context,
  FileDifference,
  Gate,
  Judgement,
  LineGroup,
  Measured,
} from './comparison.ts';
export { harnessLosses } from './losses.ts';
export { journalled } from './journals.ts';
export type { JournalInputs, Journalled } from './journals.ts';
export { errorWord } from './error-word.ts';
export type { ErrorWord } from './error-word.ts';
export { HoldfastError } from './errors.ts';
export { ask } from './ask.ts';
export type { ErrorCode, Place } from './errors.ts';
export { commonLog, namesRule, plainLog, reasonOf } from './edge-log.ts';
export type { CommonLine, EdgeDid, EdgeLine, LogReader } from './edge-log.ts';
export type { AdminEndpoint } from './endpoint.ts';
export { featureIds, featureNamed, features, lackText, missingFeatures, needsOf } from './features.ts';
export type { Feature, FeatureId } from './features.ts';
export { historySchemas, senders } from './history.ts';
export type {
  Advice,
  AttackRecord,
  AttemptRecord,
  CapacityRecord,
  EndRecord,
  FormRecord,
  HistoryRecord,
  LegitRecord,
  LossRecord,
  OpRecord,
  Outcome,
  OverlayDiff,
  PhaseRecord,
  RampStep,
  RunRecord,
  SabotageSummary,
  SeenRecord,
  SentBy,
  TwinRecord,
} from './history.ts';
export { namesMember, reachedFrom, reachedOnlyOver, reachedOnlyThrough } from './graph.ts';
export type { Link } from './graph.ts';
export type { SourcePlace } from './place.ts';
export type { CapacityPlan, LoadPlan, PhasePlan, Plan, RoutePlan } from './plan.ts';
export type { Authentication, Call, Policy, RateLimit, Rule, Waiver } from './policy.ts';
export type { Baseline, Posture, PostureAttack, PostureIncident } from './posture.ts';
export type {
  AttackReport,
  ControlReport,
  Counts,
  DecisionReport,
  Incident,
  LatencyBlock,
  LinkReport,
  LoadReport,
  Report,
  Score,
  Timeline,
  WaiverReport,
} from './report.ts';
export { reportSchema } from './report.ts';
export type { DeepReadonly } from './readonly.ts';
export { reason, reasonCodes, reasonSchema } from './reason.ts';
export type { Reason, ReasonCode } from './reason.ts';
export { actionOf, evidenceOf, senderOf } from './lookup.ts';
export { configurationPath, scheduleSchema, segmentSchema } from './schedule.ts';
export type {
  Arrival,
  AttemptSlot,
  Operation,
  PhaseSlot,
  RouteSlot,
  Schedule,
  ScheduledAttack,
  Segment,
  TwinStream,
} from './schedule.ts';
export { identityOf, roles } from './stack.ts';
export type {
  ControlPlane,
  Defaults,
  Expectation,
  Hop,
  Reload,
  Role,
  Stack,
  StackEdge,
  StackService,
  Upstream,
} from './stack.ts';
export type { Trace } from './trace.ts';
export { millis, perSecond, ratio } from './units.ts';
export type { Millis, PerSecond, Ratio } from './units.ts';
export { attemptVerdicts, brokeOf, controlIds, controlVerdicts, heldOf, runVerdicts, worst } from './verdict.ts';
export type { AttemptVerdict, ControlId, ControlVerdict, RunVerdict } from './verdict.ts';
