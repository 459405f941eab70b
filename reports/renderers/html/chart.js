// The charts of a page: panels of one width and one time axis, drawn with uPlot, their cursors in step. What is drawn, the data beside
// each says (drawing.ts). Colours come from the style sheet, so that they follow the reader's light or dark.
(() => {
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
        if (lane.as === 'names') {
          ctx.textAlign = 'left';
          ctx.fillStyle = colour('--ink');
          ctx.fillText(span.name, left + 5 * ratio, middle, width - 8 * ratio);
          continue;
        }
        ctx.fillStyle = lane.as === 'hatch' ? hatch(ctx) : colour(`--${lane.as}`);
        ctx.fillRect(left, top + 4 * ratio, width, (laneHeight - 8) * ratio);
        if (lane.as !== 'hatch') continue;
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

  const whole = (_, value) => (nothing(value) ? '–' : per.format(Math.round(value)));
  const ms = (_, value) => (nothing(value) ? '–' : `${per.format(Number(value.toPrecision(3)))} ms`);
  const paths = {
    steps: uPlot.paths.stepped({ align: 1 }),
    bars: uPlot.paths.bars({ size: [0.8, Infinity], align: 1 }),
    line: uPlot.paths.linear(),
  };
  const names = { bad: '--bad', unsure: '--unsure' };

  const seriesOf = ({ label, colour: own, draw, dashed, area, unit }) => {
    const stroke = colour(names[own] ?? `--chart-${own}`);
    return {
      label,
      stroke,
      fill: area ? colour(own === 'trace' ? '--chart-area' : (names[own] ?? `--chart-${own}`)) : undefined,
      width: dashed ? 1.5 : draw === 'bars' ? 1 : 2,
      dash: dashed ? [5, 4] : undefined,
      paths: paths[draw],
      points: draw === 'line' ? points : { show: false },
      value: unit === 'ms' ? ms : whole,
    };
  };

  // Where the other data alone has a point, a line goes on over it if it has a value on both sides: undefined; else it breaks: null.
  const settled = (series) => {
    let previous = null;
    const before = series.map((value) => (value === undefined ? previous : (previous = value)));
    let next = null;
    const after = series.toReversed().map((value) => (value === undefined ? next : (next = value)));
    return series.map((value, at) =>
      value === undefined && (nothing(before[at]) || nothing(after[series.length - 1 - at])) ? null : value,
    );
  };

  const dataOf = ({ data, log }) => {
    const shown = data.map(({ atMs, series }) => [
      atMs.map(second),
      ...series.map(({ values, draw }) =>
        // A logarithm has no 0, and of a bar of 0 nothing is seen.
        log || draw === 'bars' ? values.map((value) => (value > 0 ? value : null)) : values,
      ),
    ]);
    if (shown.length === 1) return shown[0];
    const [times, ...series] = uPlot.join(shown);
    return [times, ...series.map(settled)];
  };

  const plot = (mount, { fromMs, toMs, phases, hatched: windows, panels }, key) => {
    const [from, to] = [second(fromMs), second(toMs)];
    const minutes = to - from >= 240;
    const clock = (value) => {
      const size = Math.abs(value);
      const shown = minutes ? `${Math.floor(size / 60)}:${String(Math.round(size % 60)).padStart(2, '0')}` : `${size}s`;
      return value < 0 ? `−${shown}` : shown;
    };
    // What the time under the cursor belongs to, in words.
    const tell = (at) => {
      const holds = (span) => second(span.startMs) <= at && at < second(span.endMs);
      return [`${at.toFixed(1)} s`, ...[...phases, ...windows].filter(holds).map(({ name }) => name)].join(' · ');
    };
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
            sync: { key, scales: ['x', null] },
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
          series: [{}, ...(lanes ? [{ show: false }] : panel.data.flatMap(({ series }) => series.map(seriesOf)))],
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
          : dataOf(panel),
        mount,
      );
    };

    let drawn = [];
    let drawnWidth = 0;
    const drawAll = (width) => {
      for (const plotted of drawn) plotted.destroy();
      mount.replaceChildren();
      drawnWidth = width;
      drawn = panels.map((panel, at) => draw({ ...panel, last: at === panels.length - 1 }, width));
      for (const canvas of mount.querySelectorAll('canvas')) canvas.setAttribute('aria-hidden', 'true');
    };
    const available = () => Math.max(260, Math.floor(mount.getBoundingClientRect().width));

    drawAll(available());
    new ResizeObserver(() => available() !== drawnWidth && drawAll(available())).observe(mount);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawAll(available()));
    addEventListener('beforeprint', () => drawAll(Math.min(available(), 680)));
    addEventListener('afterprint', () => drawAll(available()));
  };

  document.querySelectorAll('.chart').forEach((figure, at) => {
    const data = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
    if (data.toMs > data.fromMs) plot(figure.querySelector('.mount'), data, `chart-${at}`);
  });
})();
