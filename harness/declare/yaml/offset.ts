import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Document, Node } from 'yaml';
import type { Path } from './explain.ts';

const startOf = (node: unknown): number | undefined => (node as Node | null | undefined)?.range?.[0];

/** Offset in the text of the node at `path`; where it does not exist, of the key of the nearest ancestor that does. */
export const nodeOffset = (document: Document, path: Path): number => {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) return offset;
      // The value of an inner mapping begins on the next line: its key is the better place to point at.
      const value = pair.value;
      offset = (isScalar(value) ? startOf(value) : undefined) ?? startOf(pair.key) ?? offset;
      node = value;
    } else if (isSeq(node)) {
      const item = node.items[Number(step)];
      if (item === undefined) return offset;
      offset = startOf(item) ?? offset;
      node = item;
    } else {
      return offset;
    }
  }
  return offset;
};

/** Offset of the key `key` of the mapping at `path`. */
export const keyOffset = (document: Document, path: Path, key: string): number => {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  const pair = isMap(node)
    ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
    : undefined;
  return startOf(pair?.key) ?? nodeOffset(document, path);
};
