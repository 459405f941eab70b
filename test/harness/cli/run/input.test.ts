import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { Test } from 'tap';
import { projectRoot } from '../../../../harness/declare/discover/index.ts';
import { holdfast, makePlace } from '../../../stacks/support/cli.ts';
import type { Ended } from '../../../stacks/support/cli.ts';
import { runCommand } from '../../../support/command.ts';
import { scratchFolders } from '../../../stacks/support/left.ts';

const place = makePlace();
t.teardown(place.remove);

t.test('bad input is refused with its place, and nothing is started', async (t) => {
  const folder = place.out('input');
  const plan = readFileSync(join(projectRoot, 'scenarios/plans/sabotage.yaml'), 'utf8').replaceAll(
    'id: sabotage',
    'id: mine',
  );
  const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;
  const write = (name: string, text: string): string => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const env = { TMPDIR: place.scratch, XDG_CONFIG_HOME: join(place.root, 'config') };
  const inProcess = (args: readonly string[]) => runCommand(args, { env });
  const refused = async (
    t: Test,
    what: string,
    args: readonly string[],
    err: readonly (string | RegExp)[],
    run: (args: readonly string[]) => Promise<Ended> = inProcess,
  ) => {
    const out = place.out('refused');
    const ended = await run([...args, '--out', out]);
    t.equal(ended.code, 254, what);
    t.equal(ended.out, '', 'nothing on stdout');
    for (const part of err) t.match(ended.err, part);
    t.notOk(existsSync(out), 'no folder was made');
    t.strictSame(scratchFolders(place.scratch), [], 'nothing was started');
  };
  const unknown = plan.replace('interceptionMs:', 'interceptMs: 1\ninterceptionMs:');
  const file = write('mine.yaml', unknown);
  await refused(
    t,
    'an unknown key',
    ['run', file],
    [`${file}:${lineOf(unknown, 'interceptMs')}`, /expected .*interceptMs|"interceptMs"/],
    // By the launcher, as a user does; the others in this process.
    (args) => holdfast(place, args),
  );

  const attack = plan.replace("attacks: ['*']", "attacks: ['E1', 'Z9']");
  write('mine.yaml', attack);
  await refused(t, 'an attack that does not exist', ['run', file], [`${file}:${lineOf(attack, 'attacks:')}`, '"Z9"']);

  write('mine.yaml', plan.replace('trace: nasa-http-1995-07-13', 'trace: ./holes.csv'));
  const trace = write('holes.csv', 'second,requests\n0,3\n1,4\n3,1\n');
  await refused(t, 'a trace with a hole', ['run', file], [`${trace}:4`, 'expected second 2, found second 3']);

  await refused(t, 'an unknown flag', ['run', 'sabotage', '--fast'], ["unknown option '--fast'"]);
  await refused(t, 'an attack of --only that does not exist', ['run', 'sabotage', '--only', 'Z9'], ['"Z9"', 'hint:']);
  await refused(t, 'a stack that does not exist', ['run', 'sabotage', '--stack', 'none'], ['"none"', 'hint:']);
  const overlay = place.out('overlay');
  mkdirSync(overlay);
  writeFileSync(join(overlay, 'compose.yaml'), 'services: {\n');
  await refused(
    t,
    'an overlay that breaks the compose file',
    ['run', 'sabotage', '--overlay', overlay],
    ['compose.yaml', 'hint:'],
  );
});
