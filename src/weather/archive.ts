/** Zip archives of weather files: one file, or the months or days of one year, which become one text. */
import { gunzipSync } from 'node:zlib';
import { AppError } from '../contracts/common/app-error.ts';
import { unzipped, ZipError } from '../lib/zip.ts';
import { brokenFile, tooLarge } from './broken.ts';
import { isBsrn, monthOfBsrn } from './formats/bsrn.ts';
import { isSurfrad } from './formats/surfrad.ts';
import { headerLines } from './header.ts';

/** A leap year of days */
const MAX_FILES = 366;

interface Member {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly lines: readonly string[];
}

/**
 * Returns the text of an archive: that of its only file, or its months of BSRN or days of SURFRAD in the order of time.
 * @throws AppError `weather.malformed`, `weather.too_large`
 */
export function textOfZip(zip: Uint8Array, name: string, maxBytes: number): Uint8Array {
  const members = membersOf(zip, name, maxBytes);
  if (members.length === 1) return members[0].bytes;
  return Buffer.concat(inOrder(members, name).flatMap(({ bytes }) => [bytes, Buffer.from('\n')]));
}

function membersOf(zip: Uint8Array, name: string, maxBytes: number): Member[] {
  const isWanted = (path: string): boolean => !/(^|\/)(\.|__MACOSX\/)/.test(path);
  let total = 0;
  try {
    const files = unzipped(zip, { isWanted, maxFiles: MAX_FILES, maxBytes });
    const members = [...files].map(([file, bytes]) => {
      const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
      const plain = isGzip ? gunzipSync(bytes, { maxOutputLength: maxBytes }) : bytes;
      total += plain.length;
      if (total > maxBytes) throw tooLarge(name, maxBytes);
      return { name: file, bytes: plain, lines: headerLines(plain, 3).map(({ text }) => text) };
    });
    if (members.length === 0) throw brokenFile(name, {}, 'the zip has no file');
    return members;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const { code, message, isTooLarge } = cause as { code?: unknown; message: string; isTooLarge?: boolean };
    if (isTooLarge || code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(name, maxBytes);
    throw brokenFile(name, {}, cause instanceof ZipError ? message : `gzip data in the zip is damaged (${message})`);
  }
}

/** @throws AppError for files that are no parts of one year */
function inOrder(members: readonly Member[], name: string): Member[] {
  const byTime = (timeOf: (member: Member) => string): Member[] =>
    [...members].sort((a, b) => timeOf(a).localeCompare(timeOf(b)));
  if (members.every(({ lines }) => isBsrn(lines))) return byTime(({ lines }) => monthOfBsrn(lines));
  // Their names end with year and day: slv16001.dat
  if (members.every(({ lines }) => isSurfrad(lines))) return byTime((member) => member.name);
  const names = members.slice(0, 5).map((member) => member.name);
  throw brokenFile(
    name,
    {},
    `the zip has ${members.length} files (${names.join(', ')}${members.length > 5 ? ', ...' : ''}); expected one, or only months of BSRN or days of SURFRAD`,
  );
}
