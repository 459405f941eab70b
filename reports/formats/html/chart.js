// The timeline of a run: load, latency, attempts, phases and interceptions.
(() => {
  const line = JSON.parse(document.getElementById('timeline-data').textContent);
  const bins = line.intendedPerSecond.length;
  if (bins === 0) return;

  const { plot, points, stepped, bars, curve, whole, ms, clock } = globalThis.holdfastPlot;
  const second = (time) => time / 1000;
  const edges = Array.from({ length: bins + 1 }, (_, at) => second(line.originMs + at * line.binMs));
  const spans = [...line.phases, ...line.windows];
  const from = Math.min(edges[0], ...spans.map((each) => second(each.startMs)));
  const to = Math.max(edges[bins], ...spans.map((each) => second(each.endMs)));

  const hit = (series) =>
    series.flatMap((value, at) =>
      value > 0 ? [{ startMs: line.originMs + at * line.binMs, endMs: line.originMs + (at + 1) * line.binMs }] : [],
    );
  const taking = [...new Set(line.windows.map((window) => window.attack))].map((attack) => ({
    name: attack,
    spans: line.windows.filter((window) => window.attack === attack),
    fill: 'hatch',
  }));
  const closed = (series) => [...series, series[bins - 1]];
  const positive = (series) => [...series, null].map((value) => (value > 0 ? value : null));

  const panels = [
    {
      title: 'Phases and interceptions',
      lanes: [
        { name: '', spans: line.phases, fill: 'phase' },
        ...taking,
        { name: 'failed', spans: hit(line.failedPerSecond), fill: '--unsure' },
        { name: 'admitted', spans: hit(line.admittedPerSecond), fill: '--bad' },
      ],
    },
    {
      title: 'Legitimate requests per second',
      height: 170,
      data: [edges, closed(line.intendedPerSecond), closed(line.answeredPerSecond), positive(line.failedPerSecond)],
      series: [
        {
          label: 'intended',
          stroke: '--chart-trace',
          fill: '--chart-area',
          dash: [5, 4],
          paths: stepped,
          value: whole,
        },
        { label: 'answered', stroke: '--chart-load', width: 2, paths: stepped, value: whole },
        { label: 'failed', stroke: '--unsure', fill: '--unsure', paths: bars, value: whole },
      ],
    },
    {
      title: 'Latency from the intended time (log)',
      height: 140,
      log: true,
      data: [edges, positive(line.latencyP50Ms), positive(line.latencyP99Ms)],
      series: [
        { label: 'p50', stroke: '--chart-load', dash: [3, 3], paths: curve, points, value: ms },
        { label: 'p99', stroke: '--chart-slow', width: 2, paths: curve, points, value: ms },
      ],
    },
    {
      title: 'Attempts per second',
      height: 130,
      last: true,
      data: [edges, positive(line.attemptsPerSecond), positive(line.admittedPerSecond)],
      series: [
        { label: 'attempts', stroke: '--chart-attack', fill: '--chart-attack', paths: bars, value: whole },
        { label: 'admitted', stroke: '--bad', fill: '--bad', paths: bars, value: whole },
      ],
    },
  ];

  // What the time under the cursor belongs to, in words.
  const tell = (at) => {
    const holds = (span) => second(span.startMs) <= at && at < second(span.endMs);
    const phase = line.phases.find(holds);
    const taken = line.windows.filter(holds).map((window) => `${window.attack} ${window.variant} on ${window.hop}`);
    return [`${at.toFixed(1)} s`, ...(phase === undefined ? [] : [phase.id]), ...taken].join(' · ');
  };

  plot({
    mount: document.getElementById('chart'),
    from,
    to,
    clock: clock(to),
    phases: line.phases,
    windows: line.windows,
    panels,
    tell,
  });
})();
