import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { membersOf } from '../../declare/stack/index.ts';
import { compilersOf, discoverProducts, projectRoot } from '../../declare/discover/index.ts';
import { sampleRequest } from '../../declare/forms/index.ts';
import { readPolicy } from '../../declare/policy/index.ts';
import { docker, ensureEngine, ensureImages, freeSubnets, removeRun } from '../../execute/engine/index.ts';
import { createAuthority } from '../../execute/identity/index.ts';
import { startCompose, writeWorkload } from '../../execute/stack/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { Stack } from '../../model/index.ts';
import { renderConfiguration } from '../../policy/index.ts';
import type { CommandModule } from '../index.ts';
import { handLabel, makeRunFolder, methodText, stackNamed, writeFiles } from '../run/index.ts';
import { defaultStack } from '../default-stack.ts';

const validForMs = 24 * 3_600_000;

/** `holdfast up`: a stack to look at, without a run. */
export const command: CommandModule = {
  name: 'up',
  summary: 'brings a stack up without a run, to look around in; `holdfast down` takes it down',
  examples: [
    'npx holdfast up',
    'npx holdfast up envoy-envoy',
    'npx holdfast up envoy-envoy --render my-change   # then edit it, for run --overlay',
    'npx holdfast down',
  ],
  register: (command, { stdout, progress, signal }) => {
    command
      .argument('[stack]', 'id of a stack (see: holdfast stacks)', defaultStack)
      .option('--prepare', 'only write the configuration and the certificates, for `docker compose up` by hand')
      .option('--render <dir>', 'only write the configuration that would be mounted: an overlay to begin with')
      .action(async (id: string, { prepare = false, render }: { prepare?: boolean; render?: string }) => {
        const stack = stackNamed(id);
        const policy = readPolicy(stack.policy, membersOf(stack));
        const files = renderConfiguration(policy, stack, {
          today: new Date().toISOString().slice(0, 10),
          compilers: compilersOf(await discoverProducts()),
        });
        if (render !== undefined) {
          makeRunFolder(render);
          writeFiles(render, files);
          progress(`rendered: ${render}`);
          return 0;
        }
        await ensureEngine(progress, signal);
        const images = await ensureImages(stack.images, progress, signal);
        const run = handLabel(stack.id);
        await removeRun(run);
        const folder = join(projectRoot, 'reports/up', stack.id);
        rmSync(folder, { recursive: true, force: true });
        const [config, secrets, journal] = ['config', 'secrets', 'journal'].map((name) => join(folder, name)) as [
          string,
          string,
          string,
        ];
        mkdirSync(journal, { recursive: true });
        writeFiles(config, files);
        const authority = await createAuthority({ run, stack, policy, now: new Date(), validForMs });
        await authority.writeSecrets(secrets);
        const workload = writeWorkload(stack, join(folder, 'workload'));
        if (prepare) {
          progress(`prepared: ${folder}; now: docker compose up`);
          return 0;
        }
        const subnets = await freeSubnets();
        const references = new Map([...images].map(([name, { reference }]) => [name, reference]));
        const given = { run, stack, config, secrets, journal, workload, subnets, images: references };
        const address = await startCompose(given, files.get('compose.yaml')!)
          .then(() => edgeAddress(run, stack))
          .finally(() => signal.throwIfAborted())
          .catch(async (error: unknown) => {
            // No watchdog stands beside a stack that is meant to stay: what did not come up is taken down here.
            await removeRun(run);
            rmSync(folder, { recursive: true, force: true });
            throw error;
          });
        const { method, path, token: recipe } = sampleRequest({ stack, policy });
        const token = authority.token(recipe);
        progress(
          `up: ${stack.title}; the certificates and this token are valid for a day. Try it, then: npx holdfast down`,
        );
        stdout.write(
          `curl --cacert ${secrets}/edge-public/ca.pem --resolve ${stack.edge.hostname}:${stack.edge.port}:${address} ` +
            `-H 'authorization: Bearer ${token}' ${methodText(method)}https://${stack.edge.hostname}:${stack.edge.port}${path}\n`,
        );
        return 0;
      });
  },
};

const edgeAddress = async (run: string, stack: Stack): Promise<string> => {
  const [edge] = await docker().listContainers({
    filters: { label: [`holdfast=${run}`, `com.docker.compose.service=${stack.edge.service}`] },
  });
  const address = edge?.NetworkSettings.Networks[`${run}_public`]?.IPAddress;
  if (address) return address;
  throw new HoldfastError('stack-down', 'expected the edge to run, found that it does not', {
    hint: `docker logs ${edge?.Id ?? run}`,
  });
};
