import { placeOfHop } from '../../harness/model/index.ts';
import type { Hop, OpRecord, SeenRecord, Segment } from '../../harness/model/index.ts';

/** What the tap counted on each link in each phase: all of it TLS, but for what was planted. `requests`: those of the segment. */
export const capturesOf = (
  { phases }: Segment,
  links: readonly string[],
  operations: readonly OpRecord[],
  requests: number,
): readonly SeenRecord[] => {
  const planted = operations.filter(({ kind }) => kind === 'plant');
  return [
    ...planted.map(({ startMs, data }): SeenRecord => {
      const { hop } = data as { readonly hop: Hop };
      return {
        type: 'seen',
        kind: 'cleartext',
        atMs: startMs,
        seq: null,
        data: {
          link: placeOfHop(hop),
          source: '198.19.17.7:48776',
          destination: `${hop.to}:${hop.port}`,
          planted: true,
          excerpt: 'GET /catalogue HTTP/1.1',
        },
      };
    }),
    ...phases.flatMap(({ id }) =>
      links.map((link, i): SeenRecord => {
        const own = Math.ceil(requests / phases.length / (i + 1));
        return {
          type: 'seen',
          kind: 'tap',
          atMs: null,
          seq: null,
          data: {
            link,
            phase: id,
            packets: {
              arp: 2,
              'ip-other': 0,
              'tcp-control': own * 4,
              'tls-handshake': 60 + (own % 40),
              'tls-data': own * 3,
              'tls-alert': 12 + i,
              cleartext: 0,
              planted: 1,
              unclassified: 0,
            },
            connections: 40 + (own % 20),
            dropped: 0,
          },
        };
      }),
    ),
  ];
};
