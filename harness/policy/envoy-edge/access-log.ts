import { extension } from '../envoy/index.ts';
import type { Json } from '../envoy/index.ts';

/** The edge's own record of every request: when it arrived, whose it was, and why it was answered as it was. JSON escapes it all. */
export const accessLog: Json = extension(
  'envoy.access_loggers.file',
  'envoy.extensions.access_loggers.file.v3.FileAccessLog',
  {
    path: '/var/journal/edge.ndjson',
    log_format: {
      json_format: {
        at: '%START_TIME(%s.%6f)%',
        id: '%REQ(X-HOLDFAST-ID)%',
        method: '%REQ(:METHOD)%',
        path: '%REQ(:PATH)%',
        status: '%RESPONSE_CODE%',
        flags: '%RESPONSE_FLAGS%',
        reason: '%RESPONSE_CODE_DETAILS%',
      },
    },
  },
);
