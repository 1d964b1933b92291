@echo off
rem Starts run.py on Windows: a double click runs everything; "mulai test", "mulai lab" as with make elsewhere.
setlocal
cd /d "%~dp0"
set "CHECK=import sys; sys.exit(sys.version_info < (3, 11))"
set "PYTHON="
py -3 -c "%CHECK%" >nul 2>nul && set "PYTHON=py -3"
if not defined PYTHON python -c "%CHECK%" >nul 2>nul && set "PYTHON=python"
if defined PYTHON goto start
echo Python 3.11 atau lebih baru tidak ditemukan. Pasang dari python.org (centang "Add python.exe to PATH"), lalu mulai lagi.
echo Python 3.11 or later was not found. Install it from python.org (tick "Add python.exe to PATH") and start again.
set "STATUS=1"
goto end
:start
%PYTHON% run.py %*
set "STATUS=%ERRORLEVEL%"
:end
rem A window opened by a double click would vanish with the message.
if "%~1"=="" pause
exit /b %STATUS%
