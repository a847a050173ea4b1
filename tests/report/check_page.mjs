// A report in a real browser: no error, no request, the 3D view draws, Tab reaches every control, print loses nothing.
//   node check_page.mjs PAGE.html MODULES [SCREENSHOT.png]      MODULES: folder with puppeteer-core
// Ends with 0 when all is well, 1 with what is wrong, 77 when there is no browser to try it in.
import { existsSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [page_file, modules, screenshot] = process.argv.slice(2);
const skip = (why) => { console.log(`skipped: ${why}`); process.exit(77); };
const browser_path = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync) ?? skip("chromium is not installed");
if (!existsSync(`${modules}/puppeteer-core`)) skip("the page's npm packages are not there");
const puppeteer = createRequire(resolve(modules, "x.js"))("puppeteer-core");

const wrong = [];
const expect = (good, what) => { if (!good) wrong.push(what); };

const browser = await puppeteer.launch({
  executablePath: browser_path, headless: true,
  args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--enable-unsafe-swiftshader", "--use-gl=angle", "--use-angle=swiftshader"],
});
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1200, height: 900 });
  page.on("console", (m) => { if (m.type() === "error") wrong.push(`console: ${m.text()}`); });
  page.on("pageerror", (e) => wrong.push(`script: ${e.message}`));
  page.on("request", (r) => { if (!r.url().startsWith("file:") && !r.url().startsWith("data:")) wrong.push(`request: ${r.url()}`); });
  await page.goto(`file://${resolve(page_file)}`, { waitUntil: "load" });
  expect((await page.$$("h1")).length === 1, "there is not exactly one h1");
  expect(await page.evaluate(() => document.documentElement.lang.length === 2), "the page names no language");
  const images = await page.$$eval("img", (all) => all.map((i) => ({ alt: i.alt, loaded: i.naturalWidth > 0 })));
  for (const image of images) expect(image.alt && image.loaded, "a picture is broken or has no alt text");
  expect(await page.$$eval("svg[role=img]", (all) => all.every((s) => s.querySelector("title")?.textContent)), "a drawing has no title");
  expect(await page.$$eval("table", (all) => all.every((t) => t.querySelector("th[scope=col]"))), "a table has no header");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide <= 0, `the page is ${wide} px wider than the window`);

  // WCAG 2.1 AA: 4.5 : 1 for text, 3 : 1 for large text; every text stands on an opaque background of some ancestor.
  const faint = await page.evaluate(() => {
    const parts = (c) => c.match(/[\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const found = [];
    for (const element of document.querySelectorAll("body *")) {
      if (![...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) || element.closest("script,style,noscript")) continue;
      const style = getComputedStyle(element);
      if (style.display === "none" || !element.getClientRects().length) continue;
      let ground = element;
      while (ground && (parts(getComputedStyle(ground).backgroundColor)[3] ?? 1) === 0) ground = ground.parentElement;
      const back = ground ? parts(getComputedStyle(ground).backgroundColor) : [255, 255, 255];
      const ink = element.namespaceURI.endsWith("svg") ? style.fill : style.color;
      const [a, b] = [light(parts(ink)), light(back)].sort((x, y) => y - x);
      const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
      if ((a + 0.05) / (b + 0.05) < (large ? 3 : 4.5)) found.push(`${element.tagName} "${element.textContent.slice(0, 20)}" ${ink}`);
    }
    return found;
  });
  expect(faint.length === 0, `too faint: ${faint.slice(0, 5)}`);
  const levels = await page.$$eval("h1,h2,h3", (all) => all.map((h) => Number(h.tagName[1])));
  expect(levels[0] === 1 && levels.every((l, i) => i === 0 || l <= levels[i - 1] + 1), `headings skip a level: ${levels}`);

  if (await page.$("#model3d")) {
    await page.waitForSelector("#model3d.ready", { timeout: 15000 });
    const colours = await page.$eval("#model3d canvas", (canvas) => {
      const copy = document.createElement("canvas");
      copy.width = canvas.width; copy.height = canvas.height;
      const context = copy.getContext("2d");
      context.drawImage(canvas, 0, 0);
      const data = context.getImageData(0, 0, copy.width, copy.height).data;
      const seen = new Set();
      for (let i = 0; i < data.length; i += 4 * 7) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
      return seen.size;
    });
    expect(colours > 200, `the 3D view shows ${colours} colours`);
    const before = await page.$eval("#model3d canvas", (c) => c.toDataURL());
    await page.focus("#model3d canvas");
    await page.keyboard.press("ArrowRight");
    expect(before !== await page.$eval("#model3d canvas", (c) => c.toDataURL()), "an arrow key does not turn the 3D view");
    const controls = await page.$$eval("#model3d canvas, #model3d button, #model3d select", (all) => all.length);
    await page.evaluate(() => { document.activeElement.blur(); window.scrollTo(0, 0); });
    const reached = new Set();
    for (let i = 0; i < controls + 3; ++i) {
      await page.keyboard.press("Tab");
      const tag = await page.evaluate(() => document.activeElement?.closest("#model3d") ? document.activeElement.tagName : "");
      if (tag) reached.add(tag);
    }
    expect(reached.size === controls, `Tab reaches ${[...reached]} of ${controls} controls`);
  }
  if (screenshot) await page.screenshot({ path: screenshot, fullPage: true });
  for (const format of ["A4", "Letter"]) {
    await page.emulateMediaType("print");
    const pdf = await page.pdf({ format, printBackground: true });
    if (screenshot) writeFileSync(screenshot.replace(/\.png$/, `.${format}.pdf`), pdf);
    const pages = (Buffer.from(pdf).toString("latin1").match(/\/Type\s*\/Page[^s]/g) ?? []).length;
    expect(pages >= 1 && pages <= 4, `prints on ${pages} pages of ${format}`);
    const width = format === "A4" ? 688 : 710; // inside the margins, at 96 px an inch
    await page.setViewport({ width, height: 1000 });
    const cut = await page.evaluate(() => [...document.querySelectorAll("main *")].filter((e) => {
      const r = e.getBoundingClientRect();
      return r.width > 0 && r.right > document.documentElement.clientWidth + 1;
    }).map((e) => e.tagName));
    expect(cut.length === 0, `${format} cuts ${cut.slice(0, 5)}`);
  }
} finally {
  await browser.close();
}
for (const what of wrong) console.log(what);
process.exit(wrong.length === 0 ? 0 : 1);
