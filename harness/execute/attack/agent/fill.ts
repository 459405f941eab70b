/** What only this attempt uses: text, and an address of 2001:db8::/32, set aside for documentation (RFC 3849). Pure. */
export const markersOf = (seq: number): { readonly marker: string; readonly markerIp: string } => ({
  marker: `hf-spoof-${seq}`,
  markerIp: `2001:db8:${Math.floor(seq / 0x10000).toString(16)}:${(seq % 0x10000).toString(16)}::1`,
});

/** A text with `{id}`, `{marker}` and `{markerIp}` filled in; cut up once, because it is filled for every attempt. Pure. */
export const template = (text: string): ((id: string, seq: number) => string) => {
  const parts = text.split(/(\{(?:id|marker|markerIp)\})/);
  if (parts.length === 1) return () => text;
  return (id, seq) => {
    const { marker, markerIp } = markersOf(seq);
    let filled = '';
    for (const part of parts)
      filled += part === '{id}' ? id : part === '{marker}' ? marker : part === '{markerIp}' ? markerIp : part;
    return filled;
  };
};
