#!/usr/bin/env node
// Accessibility and console of the pages: node scripts/axe.mjs http://127.0.0.1:7878 path/to/axe.min.js
// axe-core comes from its npm package (MPL-2.0) and is no part of Chancery; Chromium from the system.
import { spawn } from "node:child_process";
import { readFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [base, axe] = process.argv.slice(2);
const pages = ["/", "/?q=taliban", "/pair?a=Russia&b=Taliban&at=2025-08-01", "/matrix?at=2025-08-01",
  "/network?actor=Russia&depth=2", "/map", "/map?actor=taliban&at=2025-08-01&events=all", "/actor?id=taliban", "/documents", "/document?id=2025-07-03-russia-recognises",
  "/conflicts", "/changes?since=2020-01-01", "/timeline", "/add", "/nowhere"];
const profile = mkdtempSync(join(tmpdir(), "axe-"));
const chromium = spawn("chromium", ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync", `--user-data-dir=${profile}`,
  "--remote-debugging-pipe", "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
let rest = "", calls = 0, session;
const waiting = new Map(), complaints = [];
chromium.stdio[4].on("data", (data) => {
  const parts = (rest + data).split("\0");
  rest = parts.pop();
  for (const part of parts) {
    const got = JSON.parse(part);
    if (got.method === "Log.entryAdded" && got.params.entry.level === "error") complaints.push(got.params.entry.text);
    if (got.id) waiting.get(got.id)?.(got.result ?? got);
  }
});
const call = (method, params = {}) => new Promise((done) => {
  waiting.set(++calls, done);
  chromium.stdio[3].write(JSON.stringify({ id: calls, method, params, ...(session && { sessionId: session }) }) + "\0");
});
const run = async (expression) =>
  (await call("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true })).result?.value;
const { targetId } = await call("Target.createTarget", { url: "about:blank" });
session = (await call("Target.attachToTarget", { targetId, flatten: true })).sessionId;
await call("Page.enable");
await call("Log.enable");
let bad = 0;
for (const scheme of ["light", "dark"])
  for (const width of [1280, 390])
    for (const page of pages) {
      await call("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
      await call("Emulation.setDeviceMetricsOverride", { width, height: 900, deviceScaleFactor: 1, mobile: false });
      await call("Page.navigate", { url: base + page });
      while (!(await run("document.readyState === 'complete' && location.href !== 'about:blank'"))) ;
      await run(readFileSync(axe, "utf8") + "; true");
      const found = JSON.parse(await run("axe.run().then((r) => JSON.stringify(r.violations.map((v) => [v.id, v.impact, v.nodes.length, v.nodes[0].html, v.nodes[0].failureSummary])))"));
      for (const [id, impact, n, html, why] of found) {
        if (["serious", "critical"].includes(impact)) bad++;
        console.log(`${scheme} ${width} ${page}: ${impact} ${id} (${n})\n  ${html.slice(0, 160)}\n  ${why.split("\n").slice(1, 2)}`);
      }
      const wide = await run("document.documentElement.scrollWidth - innerWidth");
      if (wide > 0) { bad++; console.log(`${scheme} ${width} ${page}: ${wide} pixels wider than the screen`); }
    }
for (const c of complaints.filter((c) => !c.includes("404"))) { bad++; console.log(`console: ${c}`); }
console.log(`${pages.length} pages, light and dark, wide and narrow: ${bad} serious or critical violations`);
chromium.kill();
chromium.on("exit", () => { rmSync(profile, { recursive: true, force: true }); process.exit(bad ? 1 : 0); });
