/** The key of the same connection's other direction. */
export const reverseKey = (key: string): string => {
  const size = (key.length - 4) / 2;
  return key.slice(size, size * 2) + key.slice(0, size) + key.slice(size * 2 + 2) + key.slice(size * 2, size * 2 + 2);
};

/** Source address of a key, raw; comparable with `rawAddress`. */
export const sourceOf = (key: string): string => key.slice(0, (key.length - 4) / 2);

/** Destination address of a key, raw. */
export const destinationOf = (key: string): string => key.slice((key.length - 4) / 2, key.length - 4);

/** Ports of a key: source, destination. */
export const portsOf = (key: string): readonly [source: number, destination: number] => {
  const bytes = Buffer.from(key.slice(-4), 'latin1');
  return [bytes.readUInt16BE(0), bytes.readUInt16BE(2)];
};

/** A dotted IPv4 address as it stands in a key. */
export const rawAddress = (text: string): string => String.fromCharCode(...text.split('.').map(Number));

/** A raw address as text. */
export const addressText = (raw: string): string => {
  const bytes = Buffer.from(raw, 'latin1');
  if (bytes.length === 4) return [...bytes].join('.');
  return (bytes.toString('hex').match(/.{4}/g) ?? []).map((group) => group.replace(/^0{1,3}/, '')).join(':');
};
