/** Images of the instruments that every run needs. */
export const instrumentImages: readonly string[] = ['k6', 'mitmproxy', 'workload', 'toolbox'];

/** With those of the default stack: what `setup` brings unless told otherwise. */
export const defaultImages: readonly string[] = ['envoy', ...instrumentImages];
