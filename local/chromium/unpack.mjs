// Decompresses what @sparticuz/chromium holds into the folder given; the launcher unpacks the archives among it.
import { createReadStream, createWriteStream, readdirSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

const [source, target] = process.argv.slice(2);
for (const name of readdirSync(source).filter((name) => name.endsWith(".br"))) {
  const out = createWriteStream(join(target, name.slice(0, -".br".length)));
  await pipeline(createReadStream(join(source, name)), createBrotliDecompress(), out);
}
