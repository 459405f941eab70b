/** Something that looks like a SHA-256 of a name. */
export const sampleDigest = (name: string): string =>
  Array.from({ length: 64 }, (_, at) => ((name.charCodeAt(at % name.length) * 31 + at * 17) % 16).toString(16)).join(
    '',
  );
