"""The gate: nothing that was not cleared for the public is in any file of the public site (safety, 1.6).

How it is done, in the order in which it is called:

1. `gathering.secrets_of` says of one issue what must not be told and what may be; `gathering.house_secrets` the same of the publication.
   Both are small, made once, and kept packed between runs.
2. `sights.look` reads one file of the site in every guise that text can take in it, and keeps only what the sources that may be told
   do not explain: a few hundred characters of a page. What it keeps depends on the file and on those sources alone, so it is kept
   packed too, and an article that is no longer cleared does not make every file be read again.
3. `searching.find_leaks` compares what is kept of all files with what must not be told of all issues, one issue at a time.
4. `explaining.explain` names both places: the files of the site, and the line of the source, whose words it quotes.

`sharing` asks something else: what articles that are cleared have in common with those that are not.
"""
