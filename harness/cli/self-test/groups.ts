/** Rooms whose tests leave nothing behind in their process: no variable, no working directory, no signal handler. */
const rooms = [
  'test/contract/',
  'test/fixtures/',
  ...['check', 'compare', 'model', 'policy', 'record', 'reproduce', 'schedule', 'score', 'trend'].map(
    (stage) => `test/harness/${stage}/`,
  ),
  'test/reports/',
];

/** Files that run in one process at most: a crash takes the others of its group with it. */
const most = 6;

/**
 * Test files in the groups that share a process, in their order: a file of a room stands with its neighbours there, any other alone. To
 * load what they import costs a file as much again as its tests.
 */
export const inGroups = (files: readonly string[]): readonly (readonly string[])[] => {
  const groups: { readonly room: string | undefined; readonly files: string[] }[] = [];
  for (const file of files) {
    const room = rooms.find((one) => file.startsWith(one));
    const last = groups.at(-1);
    if (room !== undefined && last?.room === room && last.files.length < most) last.files.push(file);
    else groups.push({ room, files: [file] });
  }
  return groups.map((group) => group.files);
};
