import { z } from 'zod';

/** Whole seconds, and what is finer, of a time as Traefik writes it: RFC 3339, in UTC, to the nanosecond. */
const time = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?Z$/;

/**
 * An entry of Traefik's access log, whose form is fixed (fields StartUTC, DownstreamStatus, …), in ours. `flags` is the router that
 * took the request, `reason` what an authorizer said of it (`forwardAuth.headerField`), with `answered-here` where none spoke.
 */
export const traefikEntry = z
  .object({
    StartUTC: z.string().regex(time),
    DownstreamStatus: z.number(),
    'request_X-Holdfast-Id': z.string().optional(),
    RouterName: z.string().default('no-router'),
    ClientUsername: z.string().default('-'),
    OriginStatus: z.number().optional(),
  })
  .transform((entry) => {
    const [, seconds, fraction = ''] = time.exec(entry.StartUTC)!;
    const silent = (entry.OriginStatus ?? 0) === 0 ? 'answered-here' : '-';
    return {
      at: Date.parse(`${seconds}Z`) / 1000 + Number(`0${fraction}`),
      took: 0,
      id: entry['request_X-Holdfast-Id'],
      status: entry.DownstreamStatus,
      flags: entry.RouterName,
      reason: entry.ClientUsername === '-' ? silent : entry.ClientUsername,
    };
  });
