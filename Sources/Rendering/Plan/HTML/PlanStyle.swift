/// How the page looks: on a screen and on paper, light and dark, wide and on a phone.
enum PlanStyle {
    static let css: HTML = """

        :root { color-scheme: light dark; --text: #1b1f24; --back: #ffffff; --soft: #f3f5f7; --line: #c9d1d9; --quiet: #57606a;
          --create: #116329; --create-back: #dafbe1; --update: #7d4e00; --update-back: #fff8c5; --delete: #a40e26;
          --delete-back: #ffebe9; --held: #a40e26; --link: #0550ae; }
        @media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --back: #0d1117; --soft: #161b22; --line: #3d444d;
          --quiet: #9198a1; --create: #7ee787; --create-back: #12261e; --update: #e3b341; --update-back: #272115;
          --delete: #ffa198; --delete-back: #2d1315; --held: #ffa198; --link: #79c0ff; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 75rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text);
          background: var(--back); overflow-wrap: anywhere; }
        h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
        h2 { font-size: 1.25rem; margin: 0 0 .5rem; }
        h2 small { font-weight: normal; color: var(--quiet); }
        a { color: var(--link); }
        .closing { font-weight: 600; margin: 0 0 .5rem; }
        section { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: 1rem; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; }
        caption { text-align: left; font-weight: 600; padding: .75rem 0 .25rem; }
        th, td { border: 1px solid var(--line); padding: .3rem .5rem; text-align: left; vertical-align: top; font-weight: normal; }
        thead th { background: var(--soft); font-weight: 600; }
        .summary th[scope="col"] { overflow-wrap: normal; }
        .summary th[scope="row"] { min-width: 9rem; }
        .summary .status { min-width: 12rem; }
        .zero { color: var(--quiet); }
        code { font: .9em ui-monospace, monospace; background: var(--soft); padding: .1em .25em; border-radius: .25em; }
        .number { text-align: right; font-variant-numeric: tabular-nums; }
        .is-error, .is-blocked, .bad, .problem strong { color: var(--held); font-weight: 600; }
        .warning strong, .doubtful { color: var(--update); }
        .good { color: var(--create); }
        .facts { padding-left: 1.25rem; }
        .changes .sign { font-weight: 600; white-space: nowrap; }
        .changes td:nth-child(2) { width: 11rem; }
        .create .sign { color: var(--create); } .update .sign, .waits .sign { color: var(--update); }
        .delete .sign, .blocked .sign { color: var(--delete); }
        .fields { list-style: none; margin: .25rem 0 0; padding: 0; font-size: .9rem; }
        .fields .name { color: var(--quiet); }
        .fields .name::after { content: ":"; }
        del { color: var(--delete); background: var(--delete-back); }
        ins { color: var(--create); background: var(--create-back); text-decoration: none; }
        del + ins { margin-left: .15em; }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        fieldset { border: 0; padding: 0; margin: .5rem 0; }
        legend { float: left; padding: 0 .75rem 0 0; }
        label { margin-right: .75rem; white-space: nowrap; }
        .month { table-layout: fixed; margin-bottom: .5rem; }
        .month td { height: 3.5rem; font-size: .85rem; padding: .2rem .3rem; }
        .month .outside { background: var(--soft); }
        .month abbr { text-decoration: none; }
        .month time { color: var(--quiet); font-size: .8rem; }
        .month .long { display: none; }
        .month ul { list-style: none; margin: 0; padding: 0; }
        .month li { margin-top: .2rem; padding: .1rem .3rem; border-left: .25rem solid; line-height: 1.3; }
        .month .what { font-weight: 600; }
        .month .time { font-variant-numeric: tabular-nums; }
        .month .create { color: var(--create); background: var(--create-back); }
        .month .update, .month .waits { color: var(--update); background: var(--update-back); }
        .month .delete, .month .blocked { color: var(--delete); background: var(--delete-back); }
        .month del { background: none; color: inherit; }
        .months:has(input.before:checked) li.after, .months:has(input.after:checked) li.before { display: none; }
        @media (max-width: 44rem) {
          .month thead, .changes thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          .month, .month tbody, .month tr, .month td.filled, .changes, .changes tbody, .changes tr, .changes td, .changes caption,
          .month caption { display: block; width: auto; }
          .month td { display: none; height: auto; }
          .month td.filled { margin-bottom: .25rem; }
          .month .long { display: inline; }
          .changes tr { border: 1px solid var(--line); margin-bottom: .5rem; padding: .3rem .5rem; }
          .changes td { border: 0; padding: .1rem 0; }
          .changes td:nth-child(2) { width: auto; }
          .changes td:empty { display: none; }
        }
        @media print {
          body { max-width: none; padding: 0; font-size: 10pt; }
          fieldset { display: none; }
          .months li.before, .months li.after { display: list-item !important; }
          .month, .changes tr { break-inside: avoid; }
          section { break-before: auto; }
          a { color: inherit; }
        }

        """
}
