import type { Operation } from '../model/index.ts';

/** What a run of before schedule 2, or its bundle, kept beside the schedule. */
export type OlderParts = {
  /** Files of the other configuration that the edge was reloaded with; null where it was not. */
  readonly reloaded: Readonly<Record<string, string>> | null;
  /** The same file as it was mounted. */
  readonly own: (file: string) => string;
  readonly byHand: OlderHand | null;
  readonly plan: { readonly phases: readonly OlderPhase[] };
};

export type OlderHand = {
  readonly files: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly service: string; readonly exec?: readonly string[] | undefined }[];
};

type OlderPhase = {
  readonly id: string;
  readonly reloads?: { readonly everyMs: number } | undefined;
  readonly actions?: readonly ({ readonly do: string } & Readonly<Record<string, unknown>>)[] | undefined;
};

type OlderSegment = {
  readonly phases: readonly { readonly id: string; readonly startMs: number; readonly endMs: number }[];
  readonly windows: readonly {
    readonly attack: number;
    readonly form: number;
    readonly startMs: number;
    readonly endMs: number;
  }[];
};
type OlderForm = { readonly interception?: Readonly<Record<string, unknown>> };
type OlderSchedule = {
  readonly version: number;
  readonly attacks: readonly { readonly forms: readonly OlderForm[] }[];
  readonly capacity: OlderSegment | null;
  readonly main: OlderSegment;
};

const isOlder = (value: unknown): value is OlderSchedule =>
  typeof value === 'object' && value !== null && (value as { version?: unknown }).version === 1;

/**
 * A schedule as it is written today from one of version 1, which had windows of interception of its own, while reloads and changes by
 * hand were found in the plan and beside it. What is no such schedule passes as it is, for its reader to refuse. Pure; may throw on
 * what only calls itself a schedule.
 */
export const upgradeSchedule = (value: unknown, older: OlderParts): unknown => {
  if (!isOlder(value)) return value;
  const { attacks, capacity, main } = value;
  const { reloaded, byHand, own } = older;
  const reload = reloaded && {
    'reload/other': reloaded,
    'reload/own': Object.fromEntries(Object.keys(reloaded).map((file) => [file, own(file)])),
  };
  const edit = byHand !== null && Object.keys(byHand.files).length > 0 ? { edit: byHand.files } : {};
  const segment = ({ windows, ...rest }: OlderSegment, operations: readonly Operation[]): unknown => ({
    ...rest,
    operations: [
      ...windows.map((window) => ({
        kind: 'intercept',
        ...window,
        op: attacks[window.attack]?.forms[window.form]?.interception ?? {},
      })),
      ...operations,
    ].toSorted((a, b) => a.startMs - b.startMs),
  });
  return {
    ...value,
    version: 2,
    attacks: attacks.map((attack) => ({
      ...attack,
      forms: attack.forms.map(({ interception, ...form }) => ({
        ...form,
        ...(interception !== undefined && { during: { action: 'intercept', op: interception } }),
      })),
    })),
    configurations: { ...reload, ...edit },
    capacity: capacity && segment(capacity, []),
    main: segment(main, [...(reload === null ? [] : reloadsOf(main, older)), ...editsOf(main, byHand)]),
  };
};

const reloadsOf = ({ phases }: OlderSegment, { plan }: OlderParts): readonly Operation[] =>
  phases.flatMap(({ id, startMs, endMs }) => {
    const phase = plan.phases.find((one) => one.id === id);
    const everyMs =
      phase?.reloads?.everyMs ?? Number(phase?.actions?.find((action) => action.do === 'reload')?.['everyMs']);
    if (!(everyMs > 0)) return [];
    const count = Math.floor((endMs - startMs) / everyMs) - 1;
    return Array.from({ length: Math.max(0, count - (count % 2)) }, (_, i): Operation => {
      const atMs = startMs + i * everyMs;
      return { kind: 'reload', startMs: atMs, endMs: atMs, op: { to: i % 2 === 0 ? 'other' : 'own' } };
    });
  });

/** They were made when the first phase was over, where there was a second one. */
const editsOf = ({ phases }: OlderSegment, byHand: OlderHand | null): readonly Operation[] => {
  const [first, second] = phases;
  if (byHand === null || first === undefined || second === undefined) return [];
  const configuration = Object.keys(byHand.files).length > 0 ? 'edit' : null;
  return byHand.steps.map(({ service, exec }, i) => ({
    kind: 'edit',
    startMs: first.endMs,
    endMs: first.endMs,
    op: { service, configuration: i === 0 ? configuration : null, exec: exec ?? null },
  }));
};

/** What a bundle of version 1 had, as far as its upgrade reads it. */
type OlderBundle = {
  readonly schema: string;
  readonly configuration: Readonly<Record<string, string>>;
  readonly reloaded: OlderParts['reloaded'];
  readonly byHand: OlderHand | null;
  readonly plan: OlderParts['plan'];
  readonly part: { readonly schedule: unknown };
};

/** A bundle as it is written today from one of version 1; anything else passes as it is. Pure; may throw on what only calls itself one. */
export const upgradeBundle = (value: unknown): unknown => {
  const older = value as OlderBundle | null;
  if (older?.schema !== 'https://holdfast.dev/bundle/v1') return value;
  const { reloaded, byHand, ...bundle } = older;
  const { configuration, plan, part } = older;
  const parts: OlderParts = { reloaded, byHand, plan, own: (file) => configuration[file] ?? '' };
  const forms = (part.schedule as { attacks: { forms: { evidence: string }[] }[] }).attacks.flatMap(
    ({ forms: all }) => all,
  );
  return {
    ...bundle,
    schema: 'https://holdfast.dev/bundle/v2',
    part: {
      ...part,
      fixedStart: byHand !== null || forms.some(({ evidence }) => evidence === 'drift'),
      schedule: upgradeSchedule(part.schedule, parts),
    },
  };
};
