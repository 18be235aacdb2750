// Everything a service needs: load a policy set, bind facts and a ledger, decide, explain.
#pragma once

#include <zweck/diagnostic.hpp>
#include <zweck/engine.hpp>
#include <zweck/explain.hpp>
#include <zweck/live.hpp>
#include <zweck/request.hpp>
#include <zweck/result.hpp>
#include <zweck/time.hpp>
