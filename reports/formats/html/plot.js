// Panels of one width and one time axis, drawn with uPlot, their cursors in step. Reads the colours from the style sheet, so that
// they follow the reader's light or dark. What is drawn, the page's own script says: see chart.js.
globalThis.holdfastPlot = (() => {
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const per = new Intl.NumberFormat('en');
  const font = '12px system-ui, sans-serif';
  const laneHeight = 20;
  const second = (ms) => ms / 1000;
  const nothing = (value) => value === null || value === undefined;

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

  // A line shows nothing of a value that has none beside it: such a value gets a point.
  const alone = (plot, at) => {
    const own = plot.data[at].flatMap((value, bin) => (value === undefined ? [] : [bin]));
    const none = (bin) => bin === undefined || nothing(plot.data[at][bin]);
    return own.filter((bin, place) => !none(bin) && none(own[place - 1]) && none(own[place + 1]));
  };
  const points = { show: (plot, at) => alone(plot, at).length > 0, filter: alone, size: 5 };

  // Phases as alternating bands with a line between them; windows of interception as hatched bands.
  const bands = (phases) => (plot) => {
    const { ctx, bbox } = plot;
    const x = (ms) => Math.round(plot.valToPos(second(ms), 'x', true));
    ctx.save();
    phases.forEach((phase, at) => {
      ctx.fillStyle = colour('--chart-band');
      if (at % 2 === 1) ctx.fillRect(x(phase.startMs), bbox.top, x(phase.endMs) - x(phase.startMs), bbox.height);
      ctx.fillStyle = colour('--line');
      if (at > 0) ctx.fillRect(x(phase.startMs), bbox.top, devicePixelRatio, bbox.height);
    });
    ctx.restore();
  };

  const hatched = (windows) => (plot) => {
    const { ctx, bbox } = plot;
    const x = (ms) => Math.round(plot.valToPos(second(ms), 'x', true));
    ctx.save();
    ctx.fillStyle = hatch(ctx);
    for (const window of windows)
      ctx.fillRect(x(window.startMs), bbox.top, x(window.endMs) - x(window.startMs), bbox.height);
    ctx.restore();
  };

  const drawLanes = (lanes) => (plot) => {
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

  const headOf = (panel) => {
    const head = document.createElement('div');
    head.className = 'panel-head';
    const title = document.createElement('b');
    title.textContent = panel.title;
    head.append(title);
    return head;
  };

  // mount: the element to draw into. from, to: ends of the axis in seconds. clock: a second of it as text. phases, windows: spans in
  // milliseconds. panels: with `lanes`, a panel of named spans; else of series over `data`, whose first row is the axis in seconds.
  // tell: what the second under the cursor belongs to, in words.
  const plot = ({ mount, from, to, clock, phases, windows, panels, tell }) => {
    const readout = document.createElement('span');
    const read = (plotted) => {
      const at = plotted.cursor.left >= 0 ? plotted.posToVal(plotted.cursor.left, 'x') : null;
      readout.textContent = at === null ? '' : tell(at);
    };

    const draw = (panel, width) => {
      const lanes = panel.lanes !== undefined;
      const gutter = width < 520 ? 62 : 66;
      const head = headOf(panel);
      mount.append(head);
      if (lanes) head.append(readout);
      const grid = { stroke: colour('--line'), width: 1 };
      const height = lanes ? panel.lanes.length * laneHeight : panel.height;
      return new uPlot(
        {
          width,
          height: height + (panel.last ? 26 : 0),
          padding: [lanes ? 0 : 8, 14, lanes || panel.last ? 0 : 8, 0],
          legend: { show: !lanes, mount: (_, legend) => head.append(legend) },
          cursor: {
            y: false,
            drag: { x: false, y: false },
            points: { show: false },
            sync: { key: mount.id, scales: ['x', null] },
          },
          scales: {
            x: { time: false, range: () => [from, to] },
            y: panel.log ? { distr: 3 } : { range: (_, low, high) => [0, lanes ? 1 : Math.max(1, (high || 0) * 1.08)] },
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
                show: !lanes,
                filter: (_, ticks) =>
                  panel.log ? ticks.map((tick) => (Number.isInteger(Math.log10(tick)) ? tick : null)) : ticks,
              },
              ticks: { show: false },
              space: 28,
              values: (_, ticks) =>
                ticks.map((tick) =>
                  lanes || tick === null ? '' : panel.log ? `${per.format(tick)} ms` : per.format(tick),
                ),
            },
          ],
          series: [
            {},
            ...(lanes ? [{ show: false }] : panel.series).map((series) => ({
              ...series,
              stroke: series.stroke && colour(series.stroke),
              fill: series.fill && colour(series.fill),
              points: series.points ?? { show: false },
            })),
          ],
          hooks: {
            drawClear: lanes ? [bands(phases)] : [bands(phases), hatched(windows)],
            draw: lanes ? [drawLanes(panel.lanes)] : [],
            setCursor: lanes ? [read] : [],
          },
        },
        lanes
          ? [
              [from, to],
              [null, null],
            ]
          : panel.data,
        mount,
      );
    };

    let drawn = [];
    let drawnWidth = 0;
    const drawAll = (width) => {
      for (const plotted of drawn) plotted.destroy();
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
  };

  return {
    plot,
    points,
    stepped: uPlot.paths.stepped({ align: 1 }),
    bars: uPlot.paths.bars({ size: [0.8, Infinity], align: 1 }),
    curve: uPlot.paths.linear(),
    whole: (_, value) => (nothing(value) ? '–' : per.format(Math.round(value))),
    ms: (_, value) => (nothing(value) ? '–' : `${per.format(Number(value.toPrecision(3)))} ms`),
    clock: (span) => (value) =>
      span < 240 ? `${value}s` : `${Math.floor(value / 60)}:${String(Math.round(value % 60)).padStart(2, '0')}`,
  };
})();
