// The timelines of two runs on one axis: before dashed, after solid.
(() => {
  const { phases, before, after } = JSON.parse(document.getElementById('timeline-data').textContent);
  if (before.atMs.length + after.atMs.length === 0 || phases.length === 0) return;

  const { plot, points, curve, whole, ms, clock } = globalThis.holdfastPlot;
  const seconds = (times) => times.map((time) => time / 1000);
  // Where the other run alone has a point, a line goes on over it if it has a value on both sides: undefined; else it breaks: null.
  const settled = (series) => {
    const none = (value) => value === null || value === undefined;
    let previous = null;
    const before = series.map((value) => (value === undefined ? previous : (previous = value)));
    let next = null;
    const after = series.toReversed().map((value) => (value === undefined ? next : (next = value)));
    return series.map((value, at) =>
      value === undefined && (none(before[at]) || none(after[series.length - 1 - at])) ? null : value,
    );
  };
  const joined = (pick) => {
    const [times, ...both] = uPlot.join([
      [seconds(before.atMs), pick(before)],
      [seconds(after.atMs), pick(after)],
    ]);
    return [times, ...both.map(settled)];
  };
  const ends = [...phases.flatMap(({ startMs, endMs }) => [startMs, endMs]), ...before.atMs, ...after.atMs];
  const positive = (series) => series.map((value) => (value > 0 ? value : null));
  const two = (name, stroke, value) => [
    { label: `${name} before`, stroke: '--chart-before', width: 1.5, dash: [5, 4], paths: curve, points, value },
    { label: `${name} after`, stroke, width: 2, paths: curve, points, value },
  ];
  const any = (name) => [...before[name], ...after[name]].some((value) => value > 0);

  const panels = [
    { title: 'Phases', lanes: [{ name: '', spans: phases, fill: 'phase' }] },
    {
      title: 'Legitimate requests answered per second',
      height: 180,
      data: joined((run) => run.answered),
      series: two('answered', '--chart-load', whole),
    },
    {
      title: 'Latency from the intended time, p99 (log)',
      height: 150,
      log: true,
      data: joined((run) => positive(run.p99)),
      series: two('p99', '--chart-slow', ms),
    },
    ...(any('failed')
      ? [
          {
            title: 'Failed requests per second',
            height: 90,
            data: joined((run) => run.failed),
            series: two('failed', '--unsure', whole),
          },
        ]
      : []),
    ...(any('admitted')
      ? [
          {
            title: 'Attempts admitted per second',
            height: 100,
            data: joined((run) => run.admitted),
            series: two('admitted', '--bad', whole),
          },
        ]
      : []),
  ];

  const tell = (at) => {
    const phase = phases.find(({ startMs, endMs }) => startMs / 1000 <= at && at < endMs / 1000);
    if (phase === undefined) return `${at.toFixed(1)} s`;
    return `${phase.id}, ${(at - phase.startMs / 1000).toFixed(1)} s after its start`;
  };

  plot({
    mount: document.getElementById('chart'),
    from: Math.min(...ends) / 1000,
    to: Math.max(...ends) / 1000,
    clock: (value) => (value < 0 ? `−${clock(0)(-value)}` : clock(0)(value)),
    phases,
    windows: [],
    panels: panels.map((panel, at) => ({ ...panel, last: at === panels.length - 1 })),
    tell,
  });
})();
