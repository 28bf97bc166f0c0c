"""Say in Swedish, for each code of a finding, what is wrong and what to write instead.

The sentences stand by how serious the finding is; the places in braces are filled by the finding.
"""

from collections.abc import Mapping

STOP: Mapping[str, str] = {
    # the file
    "missing-table": "Filen {table}.csv saknas. Lägg den i mappen; den måste finnas.",
    "unreadable-file": (
        "Filen går inte att läsa som text. Spara om den som ”CSV UTF-8 (kommaavgränsad)” i Excel."
    ),
    "not-a-table": (
        "Filen är ingen tabell: {reason}. Spara kalkylbladet som CSV, med kolumnernas namn på första raden."
    ),
    "file-too-large": "Filen är {value}, men får vara högst {limit}. Dela upp den i flera filer.",
    "too-many-rows": (
        "Filen har mer än {limit} rader. Dela upp den i flera filer, eller ta bort rader som inte behövs."
    ),
    "table-too-large": (
        "Tabellen {table} blir för stor tillsammans med det som är publicerat: den får ha högst {limit}. "
        "Ta bort rader som inte behövs."
    ),
    "too-many-columns": "Tabellen har {value} kolumner, men får ha högst {limit}. Ta bort de överflödiga.",
    "columns-in-one-cell": (
        "Alla kolumner står i en och samma cell på varje rad. "
        "Öppna den ursprungliga filen i Excel med Data, Från text/CSV, så att varje kolumn får sin cell. "
        "Spara den sedan på nytt."
    ),
    "broken-quotes": (
        "Ett citattecken är inte avslutat eller står mitt i en cell. "
        'Skriv citattecken i löpande text som två (""), eller spara om filen från Excel.'
    ),
    "cell-too-long": (
        "En cell har mer än {limit} tecken. Skriv kortare, eller kontrollera att citattecken är avslutade."
    ),
    "too-many-cells": (
        "Raden har fler celler än det finns kolumner ({value}). "
        "Sätt citattecken runt text som innehåller skiljetecknet, eller ta bort de extra cellerna."
    ),
    "bad-dataset-file": "Filen dataset.toml går inte att läsa: {reason}. Rätta den eller ta bort den.",
    # the workbook
    "workbook-too-large": (
        "Arbetsboken blir större än {limit} när den packas upp. "
        "Ta bort blad, bilder och formatering som inte behövs, eller spara bladet som CSV."
    ),
    "sheet-too-large": (
        "Bladets celler är utspridda över {value} rader och {columns} kolumner. "
        "Ta bort det som står långt utanför tabellen."
    ),
    "encrypted-workbook": (
        "Arbetsboken är skyddad med lösenord. Ta bort lösenordet i Excel och spara filen igen."
    ),
    "old-workbook": (
        "Filen är en äldre Excelfil (.xls). Spara den i Excel som en arbetsbok (.xlsx) eller som CSV UTF-8."
    ),
    "damaged-workbook": (
        "Arbetsboken är skadad eller ofullständig. Spara den på nytt i Excel, eller spara bladet som CSV."
    ),
    "cell-error": "Cellen {value} visar ett formelfel. Rätta formeln, eller skriv värdet.",
    "formula-not-calculated": (
        "Cellen {value} har en formel som inte är uträknad. "
        "Spara filen på nytt i Excel, eller skriv värdet i stället för formeln."
    ),
    # the delivery
    "no-tables": (
        "Det finns ingen tabell att läsa. Lägg till minst en fil, eller ett blad, med rubriker och rader."
    ),
    "unrecognised-table": (
        "Det går inte att se vilken tabell det här är: för få rubriker känns igen. "
        "Skriv kolumnernas namn som i mallen, eller ange vad varje kolumn är."
    ),
    "arena-cells-disagree": (
        "Arenan {arena} har ”{value}” i kolumnen {column} här men ”{other}” på rad {other_row}. "
        "Skriv samma sak på alla rader för arenan."
    ),
    "population-not-understood": (
        "”{value}” är ingen ålder som känns igen. Skriv till exempel 4 år eller 0–4 år."
    ),
    "not-population": (
        "Tabellen räknar {what} och läses inte som befolkning. Skriv Folkmängd som rubrik om det är antalet "
        "invånare, eller ange att kolumnen är antal. Ta annars bort filen."
    ),
    "no-arenas": (
        "Tabellen arenor har inga rader. Lägg till arenorna, eller ta bort filen ur det som lämnas in."
    ),
    # the columns
    "missing-column": (
        "Kolumnen {column} saknas.{suggestion} "
        "Lägg till den kolumnen, med just det namnet som rubrik, eller ange vad den ska vara."
    ),
    "duplicate-column": "Kolumnen {column} finns mer än en gång. Behåll en av dem.",
    # the cells
    "personal-data": (
        "{where} innehåller en personuppgift ({kind}): ”{value}”. Ta bort den. "
        "Skriv i stället en funktion, en växel eller en adress som hör till verksamheten."
    ),
    "required-cell-empty": "Cellen i kolumnen {column} är tom. Den måste fyllas i.",
    "bad-slug": (
        "”{value}” kan inte vara ett id.{suggestion} "
        "Skriv bara små bokstäver a–z, siffror och bindestreck, till exempel nora-familjecentral."
    ),
    "duplicate-id": "”{value}” står på flera rader i kolumnen {column}. Ge varje rad ett eget id.",
    "made-id-repeated": (
        "Flera rader har samma {source}, som id görs av: ”{value}”. Skriv vad som skiljer dem åt i namnet, "
        "eller lägg till kolumnen {column} med ett eget id för varje rad."
    ),
    "unknown-arena-type": "”{value}” är ingen känd arenatyp.{suggestion} Skriv någon av {allowed}.",
    "unknown-municipality": (
        "”{value}” är ingen kommun i Örebro län.{suggestion} "
        "Skriv kommunens namn eller kod, eller 18 för hela länet.{several}"
    ),
    "contradicting-municipality": (
        "Raden har kommunkoden {value} men kommunnamnet {other}. Rätta den ena så att de stämmer överens."
    ),
    "unknown-code": "”{value}” är inget giltigt värde i {column}.{suggestion} Skriv {allowed}.{several}",
    "unknown-language": (
        "”{value}” är ingen känd språkkod.{suggestion} "
        "Skriv två bokstäver enligt ISO 639-1, till exempel sv, ar eller so.{several}"
    ),
    "invalid-answer": (
        "”{value}” är inget giltigt svar på frågan {question}. Skriv {allowed}, eller lämna cellen tom."
    ),
    "contradicting-answers": (
        "Frågan {question} har två olika svar för samma kommun och dag: ”{value}” här och ”{other}” på rad "
        "{other_row}. Behåll ett av dem eller rätta datumet."
    ),
    "unknown-arena": "”{value}” finns inte i kolumnen arena_id i arenor.{suggestion} Skriv en arenas id.",
    "unknown-co-location": (
        "”{value}” är ingen annan arena.{suggestion} "
        "Skriv arena_id för den arena som lokalen delas med, eller ingen."
    ),
    "impossible-date": (
        "”{value}” är inget möjligt datum.{suggestion} "
        "Skriv år, år-månad eller år-månad-dag, till exempel 2024, 2024-03 eller 2024-03-05."
    ),
    "future-date": "Datumet {value} har inte inträffat än. Skriv ett datum som är {today} eller tidigare.",
    "bad-number": "”{value}” är inget heltal mellan {lowest} och {highest}.{suggestion} Skriv ett heltal.",
    "bad-age": (
        "”{value}” är ingen ålder i hela år.{suggestion} "
        "Skriv ett heltal från {lowest} till {highest}, till exempel 6, eller ett spann, till exempel 0–6."
    ),
    "age-span-reversed": (
        "Åldersspannet är bakvänt: från {value} till {other} år. Skriv den lägre åldern i alder_fran."
    ),
    "bad-coordinate": "”{value}” är ingen koordinat. Skriv ett tal, till exempel {example}.",
    "half-coordinate": (
        "Platsen har bara en av koordinaterna {pair}. "
        "Fyll i den som saknas i {column}, eller ta bort den andra."
    ),
    "outside-sweden": (
        "Punkten {value} ligger inte i Sverige. "
        "Kontrollera siffrorna i {pair}; i Örebro län är det ungefär {example}."
    ),
    # the rows
    "protected-address-written": (
        "Kolumnen {column} innehåller en skyddad adress. Ta bort adressen ur texten."
    ),
}
"""Nothing is published."""

WARN: Mapping[str, str] = {
    # the file
    "unknown-table": (
        "Filen {value} hör inte till någon av tabellerna och läses inte. Byt namn till någon av {allowed}."
    ),
    # the delivery
    "same-file-twice": "Filen har samma innehåll som {other} och har lästs en gång. Ta bort den ena.",
    "row-drop": "{value} publicerade {noun}{where} tas bort. Kontrollera att det är meningen.",
    "cells-emptied": (
        "{column} är tom i filen; {value} publicerade uppgifter i kolumnen försvinner. Ska de stå kvar, ta "
        "bort kolumnen ur filen."
    ),
    "near-duplicate": (
        "Arenan ”{value}” kan vara ”{other}” på rad {other_row}. Är det samma arena, skriv samma arena_id. "
        "Är det två olika behöver ingenting ändras."
    ),
    "protection-lifted": (
        "”{value}” är skyddad ({display}) i det som är publicerat, men {shown} i filen. Mer av adressen blir "
        "synlig för alla. Är det inte meningen, skriv {code} i adress_visning."
    ),
    # the columns
    "unknown-column": (
        "Kolumnen {column} är okänd och används inte.{suggestion} Ta bort den eller byt namn på den."
    ),
    # the cells
    "bad-url": (
        "”{value}” är ingen webbadress och visas inte som länk. "
        "Skriv hela adressen, till exempel https://www.nora.se/familjecentral."
    ),
    "bad-postcode": "Postnumret ”{value}” har inte fem siffror. Skriv fem siffror, till exempel 713 31.",
    "decoded-twice": (
        "”{value}” är fel avkodat. Ska det vara ”{meaning}”? "
        "Rätta texten, eller hämta filen på nytt och spara den som CSV UTF-8."
    ),
    "year-as-date": (
        "Datumet {value} kan vara ett årtal som Excel visar som datum. Menade du {meaning}? "
        "Skriv i så fall {meaning}."
    ),
    "type-guessed": (
        "Arenatypen ”{value}” har tolkats som {meaning}. Stämmer det, skriv {meaning}; annars en annan typ."
    ),
    "swapped-coordinates": (
        "Koordinaterna i {pair} har bytt plats och har lästs i rätt ordning. Skriv {example}."
    ),
    "coordinates-converted": (
        "Koordinaterna {value} i {pair} {what} och har lästs som {example}. "
        "Kontrollera platsen på kartan, eller skriv så i filen."
    ),
    "coordinate-columns-mixed": (
        "Kolumnerna {pair} innehåller koordinater i {system} och har lästs så. Flytta dem till {right_pair}."
    ),
    # the rows
    "far-from-municipality": (
        "Punkten för {value} ligger {distance_km} km utanför {municipality}. "
        "Kontrollera koordinaterna och kommunen."
    ),
    "same-name-same-place": (
        "Arenan ”{value}” har samma namn och plats som rad {other_row}. "
        "Ta bort den ena, eller skriv vad som skiljer dem åt i namnet."
    ),
    "hidden-rows-read": (
        "{which} har lästs. Ta bort dem ur filen om de inte ska publiceras; annars behöver ingenting ändras."
    ),
    "protected-address": (
        "Platsen är skyddad ({display}) men raden har {given}. Uppgiften visas inte. "
        "Ta bort den ur filen om den inte behövs."
    ),
    "protected-address-in-text": (
        "Kolumnen {column} nämner {what} till en skyddad plats. Cellen visas inte. Skriv om texten utan den."
    ),
    "protected-address-in-id": (
        "Kolumnen {column} nämner {what} till en skyddad plats, och id syns för alla. Ge raden ett annat id."
    ),
    "county-only-question": "Frågan {value} gäller bara länet. Skriv 18 i kommunkod, eller ta bort raden.",
    "part-contradicted": (
        "{column} är nej, men arenan {other} på rad {other_row} uppges dela lokal med {value}. "
        "Rätta den uppgift som inte stämmer."
    ),
}
"""May be published by somebody who has seen it."""

NOTE: Mapping[str, str] = {
    # the file
    "no-rows": "Tabellen har rubriker men inga rader. Fyll på med rader när det finns uppgifter.",
    "encoding-recognised": (
        "Filen är sparad med teckenkodningen {value} och har lästs så. Ingenting behöver ändras."
    ),
    "delimiter-recognised": "Kolumnerna skiljs åt med {value} och har lästs så. Ingenting behöver ändras.",
    # the delivery
    "sheet-skipped": "Ingen tabell känns igen i {which}, som inte har lästs. Ingenting behöver ändras.",
    "hidden-sheet-skipped": (
        "Det som är dolt i arbetsboken har inte lästs: {which}. Visa det i Excel om det ska läsas."
    ),
    "header-row-recognised": (
        "Kolumnernas namn står på rad {value}. Raderna ovanför har inte lästs. Ingenting behöver ändras."
    ),
    "footer-skipped": (
        "{which} under tabellen hör inte till den och har inte lästs. Ingenting behöver ändras."
    ),
    "column-matched": "Kolumnen ”{value}” har lästs som {column}. Stämmer det behöver ingenting ändras.",
    "column-ignored": "Kolumnen ”{value}” har lämnats utanför, så som ni har valt.",
    "rows-repeated": (
        "{rows_again} säger detsamma som en annan rad om samma arena och har inte lästs. "
        "Ingenting behöver ändras."
    ),
    "column-given": "Alla rader har fått {value} i {column}, så som ni har valt.",
    "column-split": "Kolumnen ”{value}” har lästs som {meaning}. Ingenting behöver ändras.",
    "ages-converted": (
        "Åldrar i kolumnen {column} har räknats om till hela år, till exempel ”{value}” till {meaning}. "
        "Månader avrundas nedåt, och en årskurs är den vanliga åldern där. Ingenting behöver ändras."
    ),
    "flat-split": (
        "Tabellen har en rad för varje insats och har delats upp i {arenor} arenor och {insatser} insatser. "
        "Ingenting behöver ändras."
    ),
    "population-export-recognised": (
        "Filen är hämtad ur SCB:s statistikdatabas och har gjorts om till {value} rader för länet och dess "
        "kommuner. Ingenting behöver ändras."
    ),
    "protection-kept": (
        "”{value}” har varit skyddad ({display}) och är det fortfarande. Skriv full i adress_visning om "
        "adressen får visas för alla."
    ),
    # the columns
    "nothing-written": (
        "Celler med {value} har lästs som tomma, i {meaning}. Lämna cellen tom när uppgift saknas."
    ),
    "id-made": (
        "Kolumnen {column} saknas, så ett id har gjorts för varje rad av {value}. "
        "Det som redan är publicerat behåller sitt id om namnet är detsamma. Lägg till den om det ändras."
    ),
    # the cells
    "coordinate-system-recognised": (
        "Koordinaterna i sweref_n och sweref_e är i SWEREF 99 TM och har räknats om till WGS 84. "
        "Ingenting behöver ändras."
    ),
    "values-normalised": (
        "Värden i kolumnen {column} har skrivits om till enhetlig form, till exempel ”{value}” till "
        "”{meaning}”. Ingenting behöver ändras."
    ),
    # the rows
    "no-part-stated": (
        "För familjecentralen {value} är ingen av de fyra delarna känd. "
        "Fyll i ja eller nej i fc_bmm, fc_bvc, fc_oppen_forskola och fc_socialtjanst när det är känt."
    ),
}
"""Tells how the data was understood."""
