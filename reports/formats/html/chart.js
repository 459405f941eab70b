// Draws the timeline with uPlot: panels of one width and one time axis, their cursors in step. Reads the colours from the
// style sheet, so that it follows the reader's light or dark.
(() => {
  const mount = document.getElementById('chart');
  const line = JSON.parse(document.getElementById('timeline-data').textContent);
  const bins = line.intendedPerSecond.length;
  if (bins === 0) return;

  const second = (ms) => ms / 1000;
  const step = second(line.binMs);
  const edges = Array.from({ length: bins + 1 }, (_, at) => second(line.originMs) + at * step);
  const ends = [...line.phases, ...line.windows].map((each) => second(each.endMs));
  const starts = [...line.phases, ...line.windows].map((each) => second(each.startMs));
  const from = Math.min(edges[0], ...starts);
  const to = Math.max(edges[bins], ...ends);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const font = '12px system-ui, sans-serif';
  const clock = (value) =>
    to < 240 ? `${value}s` : `${Math.floor(value / 60)}:${String(Math.round(value % 60)).padStart(2, '0')}`;
  const per = new Intl.NumberFormat('en');

  const hatch = (context) => {
    const size = 6 * devicePixelRatio;
    const tile = new OffscreenCanvas(size, size);
    const pen = tile.getContext('2d');
    pen.strokeStyle = colour('--chart-hatch');
    pen.lineWidth = 1.2 * devicePixelRatio;
    pen.beginPath();
    for (const shift of [-size, 0, size]) {
      pen.moveTo(shift, size);
      pen.lineTo(shift + size, 0);
    }
    pen.stroke();
    return context.createPattern(tile, 'repeat');
  };

  // Phases as alternating bands with a line between them; windows of interception as hatched bands.
  const bands = (plot) => {
    const { ctx, bbox } = plot;
    const x = (ms) => Math.round(plot.valToPos(second(ms), 'x', true));
    ctx.save();
    line.phases.forEach((phase, at) => {
      ctx.fillStyle = colour('--chart-band');
      if (at % 2 === 1) ctx.fillRect(x(phase.startMs), bbox.top, x(phase.endMs) - x(phase.startMs), bbox.height);
      ctx.fillStyle = colour('--line');
      if (at > 0) ctx.fillRect(x(phase.startMs), bbox.top, devicePixelRatio, bbox.height);
    });
    ctx.restore();
  };

  const hatched = (plot) => {
    const { ctx, bbox } = plot;
    const x = (ms) => Math.round(plot.valToPos(second(ms), 'x', true));
    ctx.save();
    ctx.fillStyle = hatch(ctx);
    for (const window of line.windows)
      ctx.fillRect(x(window.startMs), bbox.top, x(window.endMs) - x(window.startMs), bbox.height);
    ctx.restore();
  };

  const hit = (series) =>
    series.flatMap((value, at) =>
      value > 0 ? [{ startMs: line.originMs + at * line.binMs, endMs: line.originMs + (at + 1) * line.binMs }] : [],
    );
  const taking = [...new Set(line.windows.map((window) => window.attack))].map((attack) => ({
    name: attack,
    spans: line.windows.filter((window) => window.attack === attack),
    fill: 'hatch',
  }));
  const lanes = [
    { name: '', spans: line.phases, fill: 'phase' },
    ...taking,
    { name: 'failed', spans: hit(line.failedPerSecond), fill: '--unsure' },
    { name: 'admitted', spans: hit(line.admittedPerSecond), fill: '--bad' },
  ];
  const laneHeight = 20;

  const drawLanes = (plot) => {
    const { ctx, bbox } = plot;
    const ratio = devicePixelRatio;
    ctx.save();
    ctx.font = `${12 * ratio}px system-ui, sans-serif`;
    ctx.textBaseline = 'middle';
    lanes.forEach((lane, at) => {
      const top = bbox.top + at * laneHeight * ratio;
      const middle = top + (laneHeight / 2) * ratio;
      ctx.textAlign = 'right';
      ctx.fillStyle = colour('--quiet');
      ctx.fillText(lane.name, bbox.left - 8 * ratio, middle);
      for (const span of lane.spans) {
        const left = plot.valToPos(second(span.startMs), 'x', true);
        const width = Math.max(2 * ratio, plot.valToPos(second(span.endMs), 'x', true) - left);
        if (lane.fill === 'phase') {
          ctx.textAlign = 'left';
          ctx.fillStyle = colour('--ink');
          ctx.fillText(span.id, left + 5 * ratio, middle, width - 8 * ratio);
          continue;
        }
        ctx.fillStyle = lane.fill === 'hatch' ? hatch(ctx) : colour(lane.fill);
        ctx.fillRect(left, top + 4 * ratio, width, (laneHeight - 8) * ratio);
        if (lane.fill !== 'hatch') continue;
        ctx.strokeStyle = colour('--chart-slow');
        ctx.lineWidth = ratio;
        ctx.strokeRect(left, top + 4 * ratio, width, (laneHeight - 8) * ratio);
      }
    });
    ctx.restore();
  };

  const stepped = uPlot.paths.stepped({ align: 1 });
  const bars = uPlot.paths.bars({ size: [0.8, Infinity], align: 1 });
  const curve = uPlot.paths.linear();
  // A line shows nothing of a value that has none beside it: such a value gets a point.
  const alone = (plot, at) => {
    const none = (bin) => (plot.data[at][bin] ?? null) === null;
    return plot.data[at].flatMap((_, bin) => (!none(bin) && none(bin - 1) && none(bin + 1) ? [bin] : []));
  };
  const points = { show: (plot, at) => alone(plot, at).length > 0, filter: alone, size: 5 };
  const closed = (series) => [...series, series[bins - 1]];
  const open = (series) => [...series, null];
  const positive = (series) => open(series).map((value) => (value > 0 ? value : null));
  const whole = (_, value) => (value === null || value === undefined ? '–' : per.format(Math.round(value)));
  const ms = (_, value) =>
    value === null || value === undefined ? '–' : `${per.format(Number(value.toPrecision(3)))} ms`;

  const panels = [
    {
      title: 'Phases and interceptions',
      height: lanes.length * laneHeight,
      lanes: true,
      data: [edges, edges.map(() => null)],
      series: [],
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
  const readout = document.createElement('span');
  const tell = (plot) => {
    const at = plot.cursor.left >= 0 ? plot.posToVal(plot.cursor.left, 'x') : null;
    const holds = (span) => at !== null && second(span.startMs) <= at && at < second(span.endMs);
    const phase = line.phases.find(holds);
    const taken = line.windows.filter(holds).map((window) => `${window.attack} ${window.variant} on ${window.hop}`);
    readout.textContent =
      at === null ? '' : [`${at.toFixed(1)} s`, ...(phase === undefined ? [] : [phase.id]), ...taken].join(' · ');
  };

  const headOf = (panel) => {
    const head = document.createElement('div');
    head.className = 'panel-head';
    const title = document.createElement('b');
    title.textContent = panel.title;
    head.append(title);
    return head;
  };

  const draw = (panel, width) => {
    const gutter = width < 520 ? 62 : 66;
    const head = headOf(panel);
    mount.append(head);
    if (panel.lanes) head.append(readout);
    const grid = { stroke: colour('--line'), width: 1 };
    return new uPlot(
      {
        width,
        height: panel.height + (panel.last ? 26 : 0),
        padding: [panel.lanes ? 0 : 8, 14, panel.lanes || panel.last ? 0 : 8, 0],
        legend: { show: !panel.lanes, mount: (_, legend) => head.append(legend) },
        cursor: {
          y: false,
          drag: { x: false, y: false },
          points: { show: false },
          sync: { key: 'holdfast', scales: ['x', null] },
        },
        scales: {
          x: { time: false, range: () => [from, to] },
          y: panel.log
            ? { distr: 3 }
            : { range: (_, low, high) => [0, panel.lanes ? 1 : Math.max(1, (high || 0) * 1.08)] },
        },
        axes: [
          {
            show: panel.last === true,
            size: 26,
            gap: 4,
            stroke: colour('--quiet'),
            font,
            grid: { show: false },
            ticks: grid,
            values: (_, ticks) => ticks.map(clock),
          },
          {
            size: gutter,
            gap: 6,
            stroke: colour('--quiet'),
            font,
            grid: {
              ...grid,
              show: !panel.lanes,
              filter: (_, ticks) =>
                panel.log ? ticks.map((tick) => (Number.isInteger(Math.log10(tick)) ? tick : null)) : ticks,
            },
            ticks: { show: false },
            space: 28,
            values: (_, ticks) =>
              ticks.map((tick) =>
                panel.lanes || tick === null ? '' : panel.log ? `${per.format(tick)} ms` : per.format(tick),
              ),
          },
        ],
        series: [
          {},
          ...(panel.lanes ? [{ show: false }] : panel.series).map((series) => ({
            ...series,
            stroke: series.stroke && colour(series.stroke),
            fill: series.fill && colour(series.fill),
            points: series.points ?? { show: false },
          })),
        ],
        hooks: {
          drawClear: panel.lanes ? [bands] : [bands, hatched],
          draw: panel.lanes ? [drawLanes] : [],
          setCursor: panel.lanes ? [tell] : [],
        },
      },
      panel.data,
      mount,
    );
  };

  let drawn = [];
  let drawnWidth = 0;
  const drawAll = (width) => {
    for (const plot of drawn) plot.destroy();
    mount.replaceChildren();
    drawnWidth = width;
    drawn = panels.map((panel) => draw(panel, width));
    for (const canvas of mount.querySelectorAll('canvas')) canvas.setAttribute('aria-hidden', 'true');
  };
  const available = () => Math.max(260, Math.floor(mount.getBoundingClientRect().width));

  drawAll(available());
  new ResizeObserver(() => available() !== drawnWidth && drawAll(available())).observe(mount);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawAll(available()));
  addEventListener('beforeprint', () => drawAll(Math.min(available(), 680)));
  addEventListener('afterprint', () => drawAll(available()));
})();
