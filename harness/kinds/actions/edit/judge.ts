import { seconds, visible } from '../../../check/index.ts';
import type { View } from '../../../model/index.ts';
import type { EditData } from './op.ts';

/** What was done, as a person reads it. */
const whatWasDone = ({ files, command, what }: EditData): string =>
  what ?? [...files.map((name) => `edited ${name}`), command?.join(' ') ?? 'restarted'].join(', ');

/** What was changed by hand before a time, on purpose. */
export const notes = (view: View, atMs: number): readonly string[] =>
  view
    .ops<EditData>('edit')
    .filter(({ startMs }) => startMs <= atMs)
    .map((edit) => {
      const { service, startMs, error } = edit;
      const failed = error === null ? '' : `, which failed: ${visible(error)}`;
      return `${visible(service)} was changed by hand at ${seconds(startMs)}: ${visible(whatWasDone(edit))}${failed}`;
    });
