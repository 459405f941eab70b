/** The vocabulary of Holdfast as types: no behaviour beyond checked constructors, so that every stage may import it. */
export { answersItself, onwardFrom } from './app.ts';
export type { App, AppService } from './app.ts';
export type {
  Attack,
  AttackContext,
  AttackMeta,
  CertificateAlteration,
  CertificateRecipe,
  Form,
  Hello,
  HttpRecipe,
  Interception,
  Send,
  TokenAlteration,
  TokenRecipe,
  Twin,
  Vantage,
} from './attack.ts';
export type { ByHand, HandStep } from './by-hand.ts';
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
export { HoldfastError } from './errors.ts';
export type { ErrorCode, Place } from './errors.ts';
export { featureIds, featureNamed, features, lackText, missingFeatures, needsOf } from './features.ts';
export type { Feature, FeatureId } from './features.ts';
export type {
  Advice,
  AttackRecord,
  AttemptRecord,
  CapacityRecord,
  EdgeRecord,
  EndRecord,
  HandRecord,
  HistoryRecord,
  Kind,
  LegitRecord,
  LossRecord,
  Outcome,
  OverlayDiff,
  PhaseRecord,
  ReloadRecord,
  RunRecord,
  TwinRecord,
  WitnessRecord,
} from './history.ts';
export { namesMember, reachedFrom, reachedOnlyOver, reachedOnlyThrough } from './graph.ts';
export type { Link } from './graph.ts';
export { packetClasses } from './instruments.ts';
export type { CleartextRecord, InterceptorRecord, PacketClass, TapRecord, WindowRecord } from './instruments.ts';
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
  LackReport,
  LatencyBlock,
  LinkReport,
  LoadReport,
  RampStep,
  Report,
  SabotageSummary,
  Score,
  Timeline,
  WaiverReport,
} from './report.ts';
export type {
  Arrival,
  AttemptSlot,
  PhaseSlot,
  RouteSlot,
  Schedule,
  ScheduledAttack,
  Segment,
  TwinStream,
  WindowSlot,
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
export { attemptVerdicts, brokeOf, controlIds, heldOf, worst } from './verdict.ts';
export type { AttemptVerdict, ControlId, ControlVerdict, RunVerdict } from './verdict.ts';
