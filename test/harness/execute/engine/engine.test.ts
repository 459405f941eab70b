import t from 'tap';
import { ensureEngine } from '../../../../harness/execute/engine/engine.ts';
import type { EngineSeam } from '../../../../harness/execute/engine/engine.ts';

/** A machine as a table: what is on PATH, who we are, and what the engine answers once something was started or installed. */
const machine = (given: {
  has: readonly string[];
  root: boolean;
  systemd?: boolean;
  answers?: boolean;
  installs?: boolean;
  starts?: boolean;
  error?: string;
}) => {
  const on = new Set(given.has);
  const did: string[] = [];
  const said: string[] = [];
  let answers = given.answers ?? false;
  const seam: EngineSeam = {
    host: {
      root: given.root,
      systemd: given.systemd ?? false,
      has: (command) => on.has(command),
      run: async (command, args) => {
        did.push([command, ...args].join(' '));
        const installing = command === 'apt-get' && args[0] === 'install';
        if (installing && given.installs !== false) for (const name of ['dockerd', 'docker']) on.add(name);
        if (command === 'systemctl') answers = true;
        return { ok: !installing || given.installs !== false, output: installing ? 'E: Unable to locate package' : '' };
      },
      sleep: async () => undefined,
    },
    ping: async () =>
      answers ? { version: '20.10' } : { error: given.error ?? 'connect ENOENT /var/run/docker.sock' },
    start: () => {
      did.push('dockerd');
      answers = given.starts !== false;
    },
    log: () => 'failed to start daemon: no space',
    compose: async () => '2.40.3',
  };
  return { did, said, ensure: () => ensureEngine((line) => said.push(line), undefined, seam) };
};

t.test('an engine that answers is used as it is', async (t) => {
  const { ensure, did, said } = machine({ has: ['docker'], root: false, answers: true });
  t.match(await ensure(), { version: '20.10', compose: '2.40.3' });
  t.same([did, said], [[], []]);
});

t.test('root without an engine: installed and started, each step said first', async (t) => {
  const { ensure, did, said } = machine({ has: ['apt-get'], root: true });
  t.match(await ensure(), { version: '20.10' });
  t.match(did, [/^apt-get update/, /^apt-get install .* docker\.io iptables$/, 'dockerd']);
  t.match(said[0], /a Docker engine is missing; running apt-get update && apt-get install/);
});

t.test('a docker command of another version without a daemon is no engine', async (t) => {
  const { ensure, did } = machine({ has: ['apt-get', 'docker'], root: true });
  await ensure();
  t.match(did[1], /apt-get install/);
});

t.test('installed but not running: root starts it, with systemd through systemd', async (t) => {
  const bare = machine({ has: ['docker', 'dockerd'], root: true });
  await bare.ensure();
  t.same(bare.did, ['dockerd']);
  const systemd = machine({ has: ['docker', 'dockerd'], root: true, systemd: true });
  await systemd.ensure();
  t.same(systemd.did, ['systemctl start docker']);
});

t.test('not root: nothing is done, and the error says exactly what to run', async (t) => {
  const none = machine({ has: ['apt-get'], root: false });
  await t.rejects(none.ensure(), {
    code: 'missing-tool',
    hint: /^sudo sh -c 'apt-get update && apt-get install -y .*docker\.io iptables'$/,
  });
  const stopped = machine({ has: ['docker', 'dockerd'], root: false, systemd: true });
  await t.rejects(stopped.ensure(), { code: 'missing-tool', hint: 'sudo systemctl start docker' });
  const denied = machine({ has: ['docker', 'dockerd'], root: false, error: 'connect EACCES /var/run/docker.sock' });
  await t.rejects(denied.ensure(), { code: 'missing-tool', hint: /usermod -aG docker/ });
  t.same([...none.did, ...stopped.did, ...denied.did], []);
});

t.test('what does not work is said, not waited for without end', async (t) => {
  const broken = machine({ has: ['apt-get'], root: true, installs: false });
  await t.rejects(broken.ensure(), { code: 'missing-tool', message: /Unable to locate package/ });
  const dead = machine({ has: ['docker', 'dockerd'], root: true, starts: false });
  await t.rejects(dead.ensure(), { code: 'missing-tool', message: /within 60 s/, hint: /no space/ });
  await t.rejects(machine({ has: [], root: true }).ensure(), { code: 'missing-tool', message: /no apt-get/ });
});
