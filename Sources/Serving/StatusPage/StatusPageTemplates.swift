/// The page in the language of Mustache: <https://mustache.github.io/mustache.5.html>.
enum StatusPageTemplates {
    /// A template does not take over how the one around it escapes: it stands in each.
    private static let pragma = "{{% CONTENT_TYPE:\(EscapedHTML.name)}}"

    static let page = """
        \(pragma)
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{headline}} – reconcile</title>
        <link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%233a4fd0'/%3E%3Cpath d='M8 13h16M8 19h16' stroke='%23fff' stroke-width='3' stroke-linecap='round'/%3E%3C/svg%3E">
        <style>{{{css}}}</style>
        </head>
        <body>
        <a class="skip" href="#organizations">Skip to the organizations</a>
        <header>
        <p class="brand"><svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false"><rect width="32" height="32" rx="8" fill="#3a4fd0"/><path d="M8 13h16M8 19h16" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg> reconcile</p>
        <p class="tagline">From Notion to Google Calendar and to the web</p>
        </header>
        <main>
        <div class="hero {{#isCalm}}calm{{/isCalm}}{{^isCalm}}troubled{{/isCalm}}">
        <h1>{{headline}}</h1>
        {{#asOf}}
        <p>As of <time datetime="{{machine}}">{{absolute}}</time></p>
        {{/asOf}}
        </div>
        {{#notice}}
        <section class="alert" aria-labelledby="notice">
        <h2 id="notice">Nothing is synchronized</h2>
        <p>{{.}}</p>
        </section>
        {{/notice}}
        {{#problemHeading}}
        <section class="alert" aria-labelledby="problems">
        <h2 id="problems">{{problemHeading}}</h2>
        <p>What was declared before stays in force where the mistakes are, until they are mended:</p>
        <ul>
        {{#problems}}
        <li>{{.}}</li>
        {{/problems}}
        </ul>
        </section>
        {{/problemHeading}}
        <section aria-labelledby="organizations">
        <h2 id="organizations" tabindex="-1">Organizations</h2>
        {{#hasOrganizations}}
        <ul class="cards" role="list">
        {{#organizations}}
        {{> organization}}
        {{/organizations}}
        </ul>
        {{/hasOrganizations}}
        {{^hasOrganizations}}
        <p>Add a YAML file to the folder of declarations; the service takes it over by itself.</p>
        {{/hasOrganizations}}
        </section>
        <section aria-labelledby="runs">
        <h2 id="runs">Recent runs</h2>
        {{#history}}
        {{> runs}}
        {{/history}}
        {{^history}}
        <p>Nothing was written yet.</p>
        {{/history}}
        </section>
        </main>
        <footer>
        <p>reconcile {{version}}. Times are in UTC.</p>
        <nav aria-label="For programs"><a href="/openapi.json">API description</a> <a href="/metrics">Metrics</a> <a href="/readyz">Readiness</a>{{#offersSignIn}} <a href="/?sign-in" rel="nofollow">Sign in for details</a>{{/offersSignIn}}</nav>
        </footer>
        </body>
        </html>

        """

    static let organization = """
        \(pragma)
        <li>
        <article class="card" aria-labelledby="org-{{prefix}}">
        <div class="title"><h3 id="org-{{prefix}}">{{name}}</h3> <span class="badge {{stateKind}}">{{stateText}}</span></div>
        <p class="prefix"><code>{{prefix}}</code>{{#events}} · {{.}}{{/events}}</p>
        {{#explanation}}
        <p class="explanation {{stateKind}}">{{.}}</p>
        {{/explanation}}
        <dl>
        <div><dt>Last sync</dt><dd>{{#last}}{{> moment}}{{/last}}{{^last}}never{{/last}}{{#lastResult}} <span class="result">{{.}}</span>{{/lastResult}}</dd></div>
        {{#next}}
        <div><dt>Next sync</dt><dd>{{> moment}}</dd></div>
        {{/next}}
        </dl>
        {{#warningHeading}}
        <details>
        <summary>{{warningHeading}}<span class="hidden"> of {{name}}</span></summary>
        <ul>
        {{#warnings}}
        <li>{{.}}</li>
        {{/warnings}}
        </ul>
        </details>
        {{/warningHeading}}
        {{#links}}
        {{#json}}
        <p class="links">
        {{#google}}
        <a href="{{.}}">Calendar<span class="hidden"> of {{name}} at Google</span></a>
        {{/google}}
        {{#subscribe}}
        <a href="{{.}}">Subscribe<span class="hidden"> to {{name}}</span></a>
        {{/subscribe}}
        <a href="{{iCalendar}}">iCalendar<span class="hidden"> of {{name}}</span></a>
        <a href="{{json}}">JSON<span class="hidden"> of {{name}}</span></a>
        </p>
        {{/json}}
        {{/links}}
        </article>
        </li>

        """

    static let moment = """
        \(pragma)<time datetime="{{machine}}">{{relative}} <span class="absolute">{{absolute}}</span></time>
        """

    static let runs = """
        \(pragma)
        <figure>
        <p class="scale" aria-hidden="true">{{chart.scale}} changes</p>
        <svg class="chart" viewBox="0 0 {{chart.width}} {{chart.height}}" width="640" height="110" preserveAspectRatio="none" role="img" aria-label="{{chartText}}">
        <path class="axis" d="M0 0.5H{{chart.width}}M0 50.5H{{chart.width}}M0 {{chart.baseline}}.5H{{chart.width}}"/>
        {{#chart.bars}}
        <g><title>{{label}}</title>{{#parts}}<rect class="{{kind}}" x="{{x}}" y="{{y}}" width="{{width}}" height="{{height}}"/>{{/parts}}</g>
        {{/chart.bars}}
        </svg>
        <figcaption>
        <span class="key created">created</span> <span class="key updated">updated</span> <span class="key deleted">deleted</span> <span class="key bad">did not succeed</span>
        {{#oldest}}
        <span class="span">from {{short}}</span>
        {{/oldest}}
        {{#newest}}
        <span class="span">to {{short}}</span>
        {{/newest}}
        </figcaption>
        </figure>
        <div class="scroll" role="region" aria-labelledby="runs-caption" tabindex="0">
        <table>
        <caption id="runs-caption">{{heading}}</caption>
        <thead>
        <tr><th scope="col">Run</th><th scope="col">Started</th><th scope="col">By</th><th scope="col">Result</th><th scope="col" class="number">Created</th><th scope="col" class="number">Updated</th><th scope="col" class="number">Deleted</th><th scope="col" class="number">Failed</th><th scope="col" class="number">Took</th></tr>
        </thead>
        <tbody>
        {{#runs}}
        <tr><th scope="row">{{number}}</th><td>{{#started}}<time datetime="{{machine}}">{{short}}</time> <span class="ago">{{relative}}</span>{{/started}}</td><td>{{kind}}</td><td><span class="badge {{resultKind}}">{{result}}</span></td><td class="number">{{created}}</td><td class="number">{{updated}}</td><td class="number">{{deleted}}</td><td class="number">{{failed}}</td><td class="number">{{duration}}</td></tr>
        {{/runs}}
        </tbody>
        </table>
        </div>

        """
}
