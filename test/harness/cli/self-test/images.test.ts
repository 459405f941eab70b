import t from 'tap';
import { imagesForTests, testFiles } from '../../../../harness/cli/self-test/index.ts';

t.test('a part of the tests with containers gets the images that its stacks need', async (t) => {
  const of = (beginning: string) => imagesForTests(testFiles([beginning]).stacks);
  for (const image of ['workload', 'envoy', 'nginx', 'opa'])
    t.ok(of('test/stacks/edges/nginx').includes(image), `${image} for the edge`);
  t.notOk(of('test/stacks/edges/nginx').includes('istio'), 'and no more');
  t.ok(of('test/stacks/meshes/consul').includes('consul'), 'whose stack is named in what it imports');
});
