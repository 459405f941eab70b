/** A finished capture of one link. `captured`, `dropped`: tcpdump's closing statistics; null where it gave none. */
export type TapFile = {
  readonly link: string;
  readonly path: string;
  readonly captured: number | null;
  readonly dropped: number | null;
};
