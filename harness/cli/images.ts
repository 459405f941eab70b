/** Images of the default stack and of the instruments that every run needs: what `setup` brings unless told otherwise. */
export const defaultImages: readonly string[] = ['envoy', 'k6', 'mitmproxy', 'workload', 'toolbox'];
