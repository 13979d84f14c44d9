"""The judge of the duplicate search: lists of firms and people as sales offices have them, the truth about them, and the scoring.

`manage.py linkage_trial companies --out FOLDER` writes rows.csv (the sheet), truth.csv (ref, entity, group) and notes.csv (what was
done to each row); `--score PAIRS.csv` judges a list of pairs by them. It knows nothing of the search it judges.
"""
