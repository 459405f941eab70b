import type { Posture, Report } from '../../harness/model/index.ts';
import type { Asset } from '../renderers/html/index.ts';

/** What a format may know beside the report. All of it is given by the caller, so that rendering stays pure. */
export type RenderContext = {
  /** The format's own assets, by the names under which it declares them. */
  readonly assets: Readonly<Record<string, Asset>>;
  /** True where the reader is a terminal that shows colours. */
  readonly colour: boolean;
  /** Width of the reader's terminal, in columns. */
  readonly columns: number;
  /** What to compare with: a format that can say what is new, unchanged or gone does. Null where nothing was named. */
  readonly baseline: Posture | null;
};

/** A way to show a report. Pure: no clock, no files, no network; the same report and context give the same bytes. */
export type Format = {
  /** Name of the folder, and value of `--format`. */
  readonly id: string;
  /** Extension of the file, without the dot. */
  readonly extension: string;
  readonly mediaType: string;
  /** Files to inline: name → path from `reports` (`./formats/ID/style.css`), or inside a package (`uplot/dist/uPlot.min.css`). */
  readonly assets?: Readonly<Record<string, string>>;
  /** True where it shows what `RenderContext.baseline` was for. */
  readonly compares?: true;
  readonly render: (report: Report, context: RenderContext) => string | Uint8Array;
};
