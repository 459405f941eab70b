import fc from 'fast-check';
import t from 'tap';
import { pickSubnets } from '../../../../harness/execute/engine/networks.ts';

const third = fc.integer({ min: 0, max: 511 });
const cidr = (index: number, bits: number): string => `198.${18 + Math.floor(index / 256)}.${index % 256}.0/${bits}`;
const index = (subnet: string): number => {
  const [, b, c] = subnet.split('.').map(Number) as [number, number, number];
  return (b - 18) * 256 + c;
};

t.test('two different /24 in 198.18.0.0/15 that nothing uses', async (t) => {
  const used = fc.array(fc.tuple(third, fc.integer({ min: 20, max: 28 })), { maxLength: 12 });
  fc.assert(
    fc.property(used, third, (taken, start) => {
      const picked = Object.values(
        pickSubnets([...taken.map(([at, bits]) => cidr(at, bits)), '172.17.0.0/16', 'fd00::/64', ''], start),
      );
      const covered = taken.flatMap(([at, bits]) => {
        const size = Math.max(1, 2 ** (24 - bits));
        return Array.from({ length: size }, (_, step) => Math.floor(at / size) * size + step);
      });
      return (
        new Set(picked).size === 2 &&
        picked.every((one) => /^198\.1[89]\.\d+\.0\/24$/.test(one) && !covered.includes(index(one)))
      );
    }),
  );
  t.pass();
});

t.test('when all is taken, it says so', async (t) => {
  t.throws(() => pickSubnets(['198.18.0.0/15'], 0), { code: 'stack-down' });
  t.throws(() => pickSubnets(['0.0.0.0/0'], 5), { code: 'stack-down' });
  t.same(pickSubnets(['198.18.0.0/16'], 0), { public: '198.19.0.0/24', mesh: '198.19.1.0/24' });
});
