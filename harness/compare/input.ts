import type { Posture } from '../model/index.ts';

/** One side of a comparison as it was read. */
export type SideInput = {
  /** As the user named it. */
  readonly label: string;
  /** Runs of the same, newest last; facts are taken from the newest. */
  readonly postures: readonly [Posture, ...Posture[]];
  /** The rendered configuration and the policy as text by path, for a comparison line by line; null where only digests are known. */
  readonly files: ReadonlyMap<string, string> | null;
};

/** The newest run of a side. */
export const newest = ({ postures }: SideInput): Posture => postures.at(-1)!;
