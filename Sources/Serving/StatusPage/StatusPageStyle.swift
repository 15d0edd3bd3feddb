/// How the page looks: one column on a phone, cards side by side on a screen, light or dark as the reader's system is.
///
/// Colours of text have a contrast of 4.5 to 1 at least against what is behind them, in both schemes.
enum StatusPageStyle {
    static let css = """
        :root {
          --page: #f5f6fb; --card: #fff; --text: #1b1e2b; --muted: #565c72; --line: #dcdfeb; --accent: #3a4fd0;
          --good: #0c6b3f; --good-back: #dff5e8; --held: #7a4d00; --held-back: #fdf0d3; --bad: #b3202c; --bad-back: #fde6e6;
          --quiet: #565c72; --quiet-back: #eceef5; --created: #1d9a5f; --updated: #4c66e8; --deleted: #d8453f;
          color-scheme: light dark;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #10121a; --card: #191c28; --text: #e8eaf4; --muted: #a3a9c0; --line: #2d3145; --accent: #9fadff;
            --good: #7fe0ad; --good-back: #12351f; --held: #f4c66a; --held-back: #3a2c0c; --bad: #ff9d9d; --bad-back: #431a1e;
            --quiet: #b0b6cc; --quiet-back: #272b3b; --created: #35c17e; --updated: #7c92ff; --deleted: #f2716b;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0 auto; max-width: 68rem; padding: 0 1rem; background: var(--page); color: var(--text);
          font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere;
        }
        a { color: var(--accent); text-underline-offset: .2em; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .25rem; }
        h2[tabindex]:focus { outline: none; }
        .skip { position: absolute; left: -100vw; padding: .5rem 1rem; background: var(--card); }
        .skip:focus { left: 1rem; top: .5rem; }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        header { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1rem; padding: 1.25rem 0; }
        header p { margin: 0; }
        .brand { display: flex; align-items: center; gap: .6rem; font-size: 1.15rem; font-weight: 700; }
        .tagline { color: var(--muted); }
        .hero { padding: 1.25rem 1.5rem; border-radius: 1rem; }
        .hero h1 { margin: 0; font-size: clamp(1.35rem, 4vw, 1.9rem); line-height: 1.25; }
        .hero p { margin: .25rem 0 0; }
        .calm { background: var(--good-back); color: var(--good); }
        .troubled { background: var(--held-back); color: var(--held); }
        .alert { margin-top: 1rem; padding: 1rem 1.5rem; border-radius: 1rem; background: var(--bad-back); color: var(--bad); }
        .alert h2 { margin: 0; font-size: 1.1rem; }
        .alert p, .alert ul { margin: .25rem 0 0; }
        .alert ul { padding-left: 1.25rem; }
        h2 { margin: 2rem 0 .75rem; font-size: 1.25rem; }
        .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 1rem; margin: 0; padding: 0; list-style: none; }
        .cards > li { display: flex; }
        .card { display: flex; flex-direction: column; gap: .6rem; flex: 1; min-width: 0; padding: 1.1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem; }
        .card p, .card dl, .card dd { margin: 0; }
        .title { display: flex; align-items: flex-start; justify-content: space-between; gap: .75rem; }
        .title h3 { margin: 0; font-size: 1.1rem; line-height: 1.35; }
        .prefix, .absolute, .result, .ago { color: var(--muted); font-size: .875rem; }
        .prefix { margin-top: -.5rem !important; }
        code { font: .875em ui-monospace, "Cascadia Code", Menlo, Consolas, monospace; }
        .badge { padding: .1rem .6rem; border-radius: 1rem; font-size: .8125rem; font-weight: 600; white-space: nowrap; }
        .badge.good { background: var(--good-back); color: var(--good); }
        .badge.quiet { background: var(--quiet-back); color: var(--quiet); }
        .badge.held { background: var(--held-back); color: var(--held); }
        .badge.bad { background: var(--bad-back); color: var(--bad); }
        .explanation { padding-left: .75rem; border-left: 3px solid var(--line); }
        .explanation.bad { border-color: var(--bad); }
        .explanation.held { border-color: var(--held); }
        dl { display: grid; gap: .35rem; }
        dl > div { display: grid; grid-template-columns: 5.5rem 1fr; gap: .5rem; }
        dt { color: var(--muted); }
        .absolute, .result { display: block; }
        details { padding: .5rem .75rem; border-radius: .6rem; background: var(--held-back); color: var(--held); }
        summary { cursor: pointer; font-weight: 600; }
        details ul { margin: .35rem 0 0; padding-left: 1.1rem; font-size: .9375rem; }
        .links { display: flex; flex-wrap: wrap; gap: .25rem .9rem; font-size: .9375rem; margin-top: auto !important; padding-top: .25rem; }
        .links a { padding: .25rem 0; font-weight: 600; }
        figure { margin: 0; padding: 1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem 1rem 0 0; }
        .scale { margin: 0; color: var(--muted); font-size: .8125rem; }
        .chart { display: block; width: 100%; height: 8rem; }
        .axis { stroke: var(--line); fill: none; vector-effect: non-scaling-stroke; }
        rect.created { fill: var(--created); }
        rect.updated { fill: var(--updated); }
        rect.deleted { fill: var(--deleted); }
        rect.good { fill: var(--line); }
        rect.bad { fill: var(--bad); }
        figcaption { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin-top: .5rem; color: var(--muted); font-size: .875rem; }
        .key::before { content: ""; display: inline-block; width: .7rem; height: .7rem; margin-right: .4rem; border-radius: .2rem; background: var(--bad); }
        .key.created::before { background: var(--created); }
        .key.updated::before { background: var(--updated); }
        .key.deleted::before { background: var(--deleted); }
        .scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-top: 0; border-radius: 0 0 1rem 1rem; }
        table { width: 100%; border-collapse: collapse; font-size: .9375rem; overflow-wrap: normal; }
        caption { padding: .75rem 1.25rem .25rem; color: var(--muted); text-align: left; }
        th, td { padding: .45rem .75rem; text-align: left; white-space: nowrap; }
        th:first-child { padding-left: 1.25rem; }
        td:last-child, th:last-child { padding-right: 1.25rem; }
        thead th { color: var(--muted); font-size: .8125rem; font-weight: 600; }
        tbody tr { border-top: 1px solid var(--line); }
        .number { text-align: right; font-variant-numeric: tabular-nums; }
        footer { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1.5rem; margin-top: 2rem; padding: 1rem 0 2rem; border-top: 1px solid var(--line); color: var(--muted); font-size: .875rem; }
        footer p { margin: 0; }
        nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
        @media (max-width: 40rem) { .ago { display: none; } th, td { padding: .45rem .5rem; } }
        @media (forced-colors: active) { .badge, .card { border: 1px solid; } }
        """
}
