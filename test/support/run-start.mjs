/** Jest's `globalSetup`: the folder of this run, by which its workers and the servers that they share find each other. */
import { existsSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';

/** Debian's chromium brings a Vulkan that computes on the processor; set the variable to another driver for a card. */
const SOFTWARE_VULKAN = '/usr/lib/chromium/vk_swiftshader_icd.json';

export default function startRun() {
  if (existsSync(SOFTWARE_VULKAN)) process.env.VK_ICD_FILENAMES ??= SOFTWARE_VULKAN;
  process.env.TESSELLATE_TEST_RUN ??= mkdtempSync(join('/tmp', 'tessellate-run-'));
}
