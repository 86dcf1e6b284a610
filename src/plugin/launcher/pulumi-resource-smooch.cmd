@echo off
rem Pulumi starts this file as the plugin on Windows.
where node >nul 2>nul
if errorlevel 1 (
  echo pulumi-smooch needs Node.js 20.19 or newer, and there is no "node" on PATH: https://nodejs.org 1>&2
  exit /b 1
)
node "%~dp0start.js" %*
