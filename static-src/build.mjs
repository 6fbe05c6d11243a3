// Makes static/build/site.css and its fonts out of static-src/css/main.css and the packages it imports.
//
// The packages bring every state of every component, and the voorbeeld theme some 3,000 design tokens. States no
// template writes and tokens no rule refers to are left out: that makes the stylesheet three times as small.
import { rm, writeFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'static', 'build');
const target = ['chrome111', 'firefox113', 'safari16.4'];

const UNUSED = new RegExp(
  [
    '\\.nl-button--(pressed|positive|negative|busy|disabled|icon-only)',
    '\\.utrecht-[a-z-]+--(hover|focus|focus-visible|active|disabled|read-only|required|indeterminate|invalid|arrows)\\b',
    '\\.utrecht-[^ ]*:(disabled|read-only|indeterminate|invalid)', // an untouched required field is not wrong
    '\\.utrecht-table__(cell--(first|last|numeric|selected)|row--)',
  ].join('|'),
);

/** The stylesheet without selectors that name a state no template writes, and without rules that lose them all. */
function withoutUnusedStates(css) {
  return css.replace(/^[ \t]*([^{}@/]+)(\{[^{}]*\}\n)/gm, (rule, selectors, declarations) => {
    const kept = selectors.split(/,(?![^()]*\))/).filter((selector) => !UNUSED.test(selector));
    return kept.length ? kept.join(',') + declarations : '';
  });
}

/** The stylesheet without custom properties that nothing refers to. */
function withoutUnusedTokens(css) {
  for (;;) {
    const used = new Set([...css.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name]) => name));
    const kept = css.replace(/^[ \t]*(--[\w-]+):[^;{}]*;\n/gm, (line, name) => (used.has(name) ? line : ''));
    if (kept === css) return css;
    css = kept;
  }
}

const { outputFiles } = await build({
  entryPoints: [join(here, 'css', 'main.css')],
  outfile: join(out, 'site.css'),
  bundle: true,
  write: false,
  target,
  external: ['../img/*'], // stays as it is: static/img stands beside static/build
  loader: { '.woff2': 'file' },
  assetNames: '[name]',
  logLevel: 'warning',
});

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
for (const { path, contents, text } of outputFiles) {
  if (path.endsWith('.css')) {
    const { code } = await transform(withoutUnusedTokens(withoutUnusedStates(text)), { loader: 'css', minify: true, target });
    await writeFile(path, code);
    console.log(`static/build/site.css  ${(code.length / 1000).toFixed(0)} kB`);
  } else {
    await writeFile(path, contents);
  }
}
