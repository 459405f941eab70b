import t from 'tap';
import { socketPath } from '../../../../harness/execute/engine/client.ts';

t.test('the socket is the one given, the usual one, or the rootless one', async (t) => {
  const only = (path: string) => (asked: string) => asked === path;
  t.equal(socketPath({ DOCKER_HOST: 'unix:///x.sock' }, only('')), '/x.sock');
  t.equal(socketPath({ XDG_RUNTIME_DIR: '/run/user/7' }, only('/run/user/7/docker.sock')), '/run/user/7/docker.sock');
  t.equal(
    socketPath({ XDG_RUNTIME_DIR: '/run/user/7' }, () => true),
    '/var/run/docker.sock',
  );
  t.equal(socketPath({}, only('')), '/var/run/docker.sock');
});

t.test('an engine on another machine is refused', async (t) => {
  t.throws(() => socketPath({ DOCKER_HOST: 'tcp://10.0.0.1:2375' }), {
    code: 'missing-tool',
    hint: /unset DOCKER_HOST/,
  });
});
