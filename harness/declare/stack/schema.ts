import { z } from 'zod';

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case letters, digits and dashes');
const host = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/, 'expected a host name in lower case');
const port = z.int().min(1).max(65535);

/** The form of a `stack.yaml`. `policy` is a path from the stack's folder. */
export const stackSchema = z.strictObject({
  id: name,
  title: z.string().min(1),
  policy: z.string().min(1),
  trustDomain: host,
  compilers: z.strictObject({ edge: name, mesh: name }),
  edge: z.strictObject({ service: name, hostname: host, port }),
  services: z
    .array(
      z.strictObject({
        id: name.refine(
          (id) => id !== 'edge' && id !== 'edge-public',
          'expected an id other than edge and edge-public, which are the edge’s own',
        ),
        sidecar: name,
        workload: name,
        meshPort: port,
        workloadPort: port,
        adminPorts: z.array(port),
        calls: z.array(name),
      }),
    )
    .min(1),
  images: z.array(name).min(1),
  notApplicable: z.record(z.string().min(1), z.string().min(1)),
});

/** What we check of a compose file: that its services carry their role. The rest is compose's own business. */
export const composeSchema = z.looseObject({
  services: z.record(z.string(), z.looseObject({ labels: z.looseObject({ 'holdfast.role': z.string() }) })),
});
