import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HoldfastError } from '../../model/index.ts';
import type { Stack } from '../../model/index.ts';
import { overrideFor } from './override.ts';

export type ComposeInputs = {
  readonly run: string;
  readonly stack: Stack;
  /** Folder with the rendered configuration, `compose.yaml` among it. */
  readonly config: string;
  readonly secrets: string;
  readonly journal: string;
  readonly workload: string;
  readonly subnets: { readonly public: string; readonly mesh: string };
  /** Image name → local reference. */
  readonly images: ReadonlyMap<string, string>;
};

/** The variables that a stack's compose file may use. */
export const composeVariables = (inputs: ComposeInputs): Record<string, string> => ({
  HOLDFAST_RUN: inputs.run,
  // The secrets are readable by their owner alone, and a container without capabilities is bound by that.
  HOLDFAST_USER: `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`,
  HOLDFAST_CONFIG: inputs.config,
  HOLDFAST_SECRETS: inputs.secrets,
  HOLDFAST_JOURNAL: inputs.journal,
  HOLDFAST_WORKLOAD: inputs.workload,
  HOLDFAST_PUBLIC_SUBNET: inputs.subnets.public,
  HOLDFAST_MESH_SUBNET: inputs.subnets.mesh,
  ...Object.fromEntries(
    [...inputs.images].map(([name, reference]) => [`HOLDFAST_IMAGE_${name.toUpperCase()}`, reference]),
  ),
});

/**
 * Starts the stack's containers with testcontainers, everything labelled as the run's. Taking down is the engine's `removeRun`.
 * Throws `stack-down` with what compose said. Effects: containers and networks; writes the override beside the compose file.
 */
export const startCompose = async (inputs: ComposeInputs, compose: string): Promise<void> => {
  // Its reaper image is not to be had everywhere; our watchdog does that work.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
  await writeFile(join(inputs.config, 'holdfast.override.yaml'), overrideFor(compose, inputs.run));
  // Loaded where a stack starts: most commands start none, and it is half of what a command would load.
  const { DockerComposeEnvironment } = await import('testcontainers');
  try {
    await new DockerComposeEnvironment(inputs.config, ['compose.yaml', 'holdfast.override.yaml'])
      .withProjectName(inputs.run)
      .withEnvironment(composeVariables(inputs))
      .withStartupTimeout(60_000)
      .up();
  } catch (cause) {
    throw new HoldfastError(
      'stack-down',
      `expected the stack ${inputs.stack.id} to start, but compose failed: ${messageOf(cause)}`,
      {
        hint: 'npx holdfast doctor shows what is missing; --render DIR shows the configuration that was mounted',
        cause,
      },
    );
  }
};

const messageOf = (cause: unknown): string => {
  const { err, message } = (cause ?? {}) as { err?: unknown; message?: unknown };
  return String(err ?? message ?? cause)
    .trim()
    .split('\n')
    .slice(-3)
    .join(' ');
};
