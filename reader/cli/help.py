"""What `reader --help` says."""

from __future__ import annotations

import os

from reader import settings

_TEXT = """\
reader: read magazines in the terminal, and keep what you mark

  reader                          open the app
  reader URL|FILE|-               read one thing at once; + in the app keeps it
  reader --linear [URL|FILE]      read line by line, for screen readers: plain lines,
                                  and commands followed by Enter; ? tells them
  reader add WHAT...              add feeds, web pages, documents, texts and folders:
                                  addresses, files, folders, or - for standard input
  reader list [QUERY] [--view VIEW] [--json|--ids]
                                  print one line an article
  reader search QUERY [--limit N] [--json|--ids]
                                  print what has these words, the best match first
  reader show ID... [--json|--markdown]
                                  print articles, your notes and highlights
  reader highlights [QUERY] [--json|--markdown]
                                  print all highlights, newest first
  reader export [QUERY] --format FORMAT [--to PATH] [--watch]
                                  take articles, notes and highlights elsewhere:
                                  markdown, digest, json, csv, html, epub, opml
  reader mark read|unread|bookmark|unbookmark|hide|show ID...|--query QUERY
                                  mark articles
  reader note ID [TEXT]           add to the note on an article, or edit it in your editor
  reader tag add|remove TAG[,TAG...] QUERY|ID... [--dry-run]
                                  give articles tags, or take them away
  reader tags [--json]            print your tags
  reader undo, reader redo        take back what was done last, or do it again
  reader views [--json]           print the views; save|rename|remove NAME
  reader rules [test|apply]       what is done by itself with what comes in
  reader prune --older AGE [QUERY] [--dry-run]
                                  delete old articles that are read and not marked
  reader stats [--days N] [--json]
                                  what you read and when
  reader refresh [SOURCE...]      ask what is due, or these sources, for what is new
  reader sources [--json]         print where the articles come from
  reader sources show|rename|set|pause|resume|remove SOURCE
                                  look after one of them
  reader hooks [test EVENT [ID]]  print the programs that are told what happens, or try one
  reader keys [--preset NAME] [--json|--markdown]
                                  print the keys of the app
  reader backup [--to FILE|FOLDER] [--list] [--json]
                                  copy your marks now, or tell what copies there are
  reader restore [BACKUP] [--dry-run]
                                  make your marks what a copy holds; reader undo takes it back
  reader web [--port N] [--open]  serve the app to a browser of this computer (extra: web)
  reader doctor [--repair]        check what is kept, and mend it
  reader config path|show|check|edit|init
                                  the settings: where they are, what holds and why, what is wrong
  reader completion bash|zsh|fish print what completes the command line with Tab
  reader man                      print the man page: reader man | man -l -
  reader --version, --help        `reader VERB --help` tells more about a verb
  --json, --quiet, --no-input     with nearly every verb: print objects for programs; print nothing but
                                  errors and what is asked for; never ask anything
  --set NAME=VALUE                with any of these: a setting for this once, before READER_NAME in
                                  the environment, which goes before the file of settings
  --log FILE, or READER_LOG=FILE  with any of these: log what is done, as kinds, ids, counts and
                                  times; --log-level debug|info|warning. Only debug is private:
                                  it tells addresses and errors. No level tells passwords

- is standard input; in the place of an ID it takes the lines that `reader list` prints:
reader list is:unread | fzf -m | reader mark read -. An ID may be shortened while it fits one article only.
A QUERY is words to search for, and fields: is:unread, is:started, is:bookmarked,
is:highlighted, author:, source:, tag:, after:2w, minutes:<5 and more, with -, OR and
parentheses; `reader list --help` tells them by examples.

Folders
  articles and marks   {data}
  settings             {config}
  reports of crashes   {data}{sep}reports, without anything you read or wrote
  READER_HOME=DIR puts all of it under DIR, in data and config.

Exit status
  0 all done; 1 something failed, and the rest was done; 2 the command is wrong"""


def text() -> str:
    """Give the help, with the folders as they are for this user."""
    places = settings.places()
    return _TEXT.format(data=places.data, config=places.settings, sep=os.sep)
