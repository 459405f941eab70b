import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseJson } from '../../../reports/json.ts';
import { readMatrix } from '../../../reports/matrix/index.ts';
import type { Matrix } from '../../../reports/matrix/index.ts';
import { postureOf } from '../../compare/index.ts';
import { projectRoot } from '../../declare/discover/index.ts';
import { nearest } from '../../declare/yaml/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { Posture } from '../../model/index.ts';
import type { Progress } from '../index.ts';
import { baselineFile, baselineNames, readBaseline } from './baseline.ts';
import { readComparableReport } from './run-report.ts';

/** What somebody compares: runs of one stack, or a matrix of several. */
export type Side =
  | {
      readonly kind: 'runs';
      readonly label: string;
      readonly postures: readonly [Posture, ...Posture[]];
      /** SHA-256 (hex) of the reports, in the order of the postures. */
      readonly digests: readonly string[];
      /** Folder of the run, which holds its configuration and history; null where only a report or a baseline is there. */
      readonly folder: string | null;
    }
  | { readonly kind: 'matrix'; readonly label: string; readonly folder: string; readonly matrix: Matrix };

export type RunsSide = Extract<Side, { kind: 'runs' }>;
export type MatrixSide = Extract<Side, { kind: 'matrix' }>;

const runsFolder = join(projectRoot, 'reports/runs');

/**
 * What is meant by a word on the command line: the folder of a run or of a matrix, the file of a report or a baseline, a run of
 * `reports/runs` by its id, or a baseline by its name. Throws `usage` where it is none of these, `bad-run` where it cannot be read.
 */
export const resolveSide = async (named: string, baselines: string, progress: Progress): Promise<Side> => {
  const isName = !/[/\\]/.test(named);
  const places = [named, ...(isName ? [join(runsFolder, named)] : [])];
  for (const place of places) {
    const side = await sideAt(place, named, progress);
    if (side !== null) return side;
  }
  const names = baselineNames(baselines);
  if (isName && names.includes(named)) return baselineSide(baselineFile(named, baselines), named);
  const near = nearest(named, names);
  throw new HoldfastError(
    'usage',
    `expected a run folder, a matrix folder, a report file or a baseline, found none of them for "${named}"`,
    {
      hint: [
        `looked for ${places.flatMap((place) => [`${place}/report.json`, `${place}/matrix.json`]).join(', ')}`,
        `and for a baseline of ${baselines}: ${names.join(', ') || 'there are none (holdfast baseline set NAME RUN)'}`,
        ...(near === undefined ? [] : [`did you mean "${near}"?`]),
      ].join('; '),
    },
  );
};

/** The side at a path; null where nothing there can be compared. */
const sideAt = async (place: string, label: string, progress: Progress): Promise<Side | null> => {
  if (!existsSync(place)) return null;
  if (statSync(place).isDirectory()) {
    const matrix = await readMatrix(place);
    if (matrix !== null) return { kind: 'matrix', label, folder: place, matrix };
    const file = join(place, 'report.json');
    return existsSync(file) ? reportSide(file, label, place, progress) : null;
  }
  const value = parseJson(readFileSync(place, 'utf8'), place, 'the file', hintOfJson);
  const schema = (value as { schema?: unknown } | null)?.schema;
  if (schema === 'https://holdfast.dev/baseline/v2' || schema === 'https://holdfast.dev/baseline/v1')
    return baselineSide(place, label);
  if (schema === 'https://holdfast.dev/matrix/v1') return sideAt(dirname(place), label, progress);
  if (typeof schema === 'string' && schema.startsWith('https://holdfast.dev/report/')) {
    const folder = basename(place) === 'report.json' ? dirname(place) : null;
    return reportSide(place, label, folder, progress);
  }
  throw new HoldfastError(
    'bad-run',
    `expected a report, a matrix or a baseline, found ${typeof schema === 'string' ? `"${schema}"` : 'another file'}`,
    { hint: hintOfJson, place: { file: place } },
  );
};

const hintOfJson = 'name the folder of a run, its report.json, or a baseline; holdfast check RUN writes a report again';

const reportSide = async (
  file: string,
  label: string,
  folder: string | null,
  progress: Progress,
): Promise<RunsSide> => {
  const { report, digest } = await readComparableReport(file, progress);
  return { kind: 'runs', label, postures: [postureOf(report)], digests: [digest], folder };
};

const baselineSide = (file: string, label: string): RunsSide => {
  const { runs } = readBaseline(file).baseline;
  const [first, ...more] = runs.map(({ posture }) => posture);
  if (first === undefined) throw new HoldfastError('internal', 'expected a baseline with runs, found none');
  return { kind: 'runs', label, postures: [first, ...more], digests: runs.map(({ report }) => report), folder: null };
};
