/** The modules of Python's standard library, of 3.8 to 3.14; what is in C has an underscore more. */
const standard =
  "__builtin__ abc aifc argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii " +
  "binhex bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections " +
  "colorsys commands compileall concurrent configparser contextlib contextvars copy copyreg crypt csv " +
  "ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip " +
  "enum errno faulthandler fcntl filecmp fileinput fnmatch formatter fractions ftplib functools gc " +
  "genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib " +
  "imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma " +
  "mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib " +
  "nt ntpath nturl2path numbers opcode operator optparse os ossaudiodev parser pathlib pdb pickle " +
  "pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd " +
  "py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter " +
  "runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket " +
  "socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep " +
  "struct subprocess sunau symbol symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios " +
  "textwrap threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle " +
  "turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser winreg " +
  "winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo " +
  "_frozen_importlib _imp _interpreters _osx_support _posixsubprocess _thread _winapi _xxsubinterpreters ";

/** Packages whose functions run, unpickle or fetch what they are given. */
const risky =
  "cloudpickle dill fsspec huggingface_hub IPython joblib jsonpickle numba numexpr numpy pandas paramiko pip " +
  "pkg_resources requests setuptools sh torch urllib3 yaml";

const modules: ReadonlySet<string> = new Set(`${standard}${risky}`.split(" "));

/** Functions that Python always has, and that do what no model needs. */
const functions: ReadonlySet<string> = new Set(
  (
    "__build_class__ __import__ breakpoint compile delattr dir eval exec exit getattr globals help input locals " +
    "memoryview open print quit setattr vars"
  ).split(" "),
);

/** Whether a module is Python's own, or of a package that is known for what it can be made to do. */
export function isSystemModule(module: string): boolean {
  const [first = ""] = module.split(".", 1);
  return modules.has(first) || modules.has(first.replace(/^_+/, ""));
}

/** Whether a function that is named without a module is one of these of Python. */
export function isSystemFunction(name: string): boolean {
  return functions.has(name);
}
